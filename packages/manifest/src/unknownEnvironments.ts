import { closest } from "@fairlead/model";

import type { Diagnostic } from "./diagnostic";
import type { ManifestSource } from "./manifestSource";

/** Parts of a manifest for environments that there are not. */
export function unknownEnvironments(source: ManifestSource, named: string[], known: string[]): Diagnostic[] {
  return named
    .filter((name) => !known.includes(name))
    .map((name) => {
      const suggestion = closest(name, known);
      return {
        code: "FL1013",
        file: source.file,
        ...source.locateKey(["environments", name]),
        problem: `environments names "${name}", an environment that does not exist`,
        expected: `one of ${[...known].sort().join(", ")}`,
        consequence: "What stands there would never apply.",
        fix: suggestion ? `Did you mean "${suggestion}"?` : "Remove it, or add the stack.",
      };
    });
}
