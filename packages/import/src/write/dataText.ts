import { inComment } from "./comment";
import type { DataNeed } from "./imported";

/** stacks/data.ts. */
export function dataText(needs: readonly DataNeed[], application: string): string {
  const functions = [...new Set(needs.map(({ declaration }) => declaration.slice(0, declaration.indexOf("("))))].sort();
  const imported = [...functions, "type DataDeclaration"].join(", ");
  const entries = needs.map(({ name, declaration }) => `  ${/^[a-z]\w*$/.test(name) ? name : JSON.stringify(name)}: ${declaration},`);
  return [
    `import { ${imported} } from "@fairlead/data";`,
    "",
    `/** What services of ${inComment(application)} bind to with \`uses:\`. */`,
    ...(entries.length > 0
      ? ["export const data = {", ...entries, "} satisfies Record<string, DataDeclaration>;"]
      : ["export const data = {} satisfies Record<string, DataDeclaration>;"]),
    "",
  ].join("\n");
}
