import { inComment } from "./comment";
import { dataEntries, functionsOf, type DataNeed } from "./dataNeed";

/** stacks/data.ts. */
export function dataText(needs: readonly DataNeed[], application: string): string {
  const imported = [...functionsOf(needs), "type DataDeclaration"].join(", ");
  const entries = dataEntries(needs, "  ");
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
