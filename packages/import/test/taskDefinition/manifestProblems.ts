import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { loadServices } from "@fairlead/manifest";
import { UserError } from "@fairlead/model";

import { filesOf, type Imported } from "../../src";

/** What the rules of manifests say of those that an import writes. @param sources files that it was read from, beside which it is written */
export function manifestProblems(result: Imported, sources: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-imported-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    for (const [path, text] of Object.entries(sources)) write(path, text);
    for (const [path, text] of filesOf(result)) write(path, text);
    // Where neither is known the report asks for one of them.
    for (const { name, layers } of result.services)
      if (layers.base.image === undefined && layers.base.build === undefined) write(`apps/${name}/Dockerfile`, "FROM scratch\n");
    const names = result.environments.map(({ name }) => name);
    for (const environment of names)
      loadServices({
        directory: join(folder, "apps"),
        environment,
        environments: names,
        defaults: { cpuArchitecture: "X86_64", desiredCount: 1 },
      });
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return (error.problems ?? []).map(({ code, problem }) => `${code} ${problem}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
