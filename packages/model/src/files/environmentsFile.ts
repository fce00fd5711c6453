import { existsSync } from "node:fs";
import { join } from "node:path";

import { environmentsFile } from "../stackFiles";
import { checkedFile } from "./checkedFile";

/** What environments.json says. */
interface Environments {
  /** The stacks that have services, in the order of promotion. */
  environments: string[];
  /** Those that pull requests are previewed for by Pulumi's engine: their state can be read by whoever may open one in the repository. None by default. */
  enginePreviews: string[];
}

/**
 * The environments of the stacks in a folder, in the order of promotion: `{ "environments": ["dev", "prod"] }`. None where there is no such file.
 *
 * @throws UserError for a file that says anything else
 */
export function readEnvironments(stacks: string): string[] {
  return read(stacks).environments;
}

/**
 * The environments whose state pull requests may read: `{ "environments": ["dev", "prod"], "enginePreviews": ["dev"] }`.
 *
 * @throws UserError for a file that says anything else
 */
export function readEnginePreviews(stacks: string): string[] {
  return read(stacks).enginePreviews;
}

function read(stacks: string): Environments {
  const file = join(stacks, environmentsFile);
  if (!existsSync(file)) return { environments: [], enginePreviews: [] };
  return checkedFile(file, "FL2401", (value, refuse) => {
    const { environments, enginePreviews = [] } = (value ?? {}) as { environments?: unknown; enginePreviews?: unknown };
    const expected = 'a list of names, such as { "environments": ["dev", "prod"] }';
    const fix = "Name the stacks that have services, in the order of promotion.";
    if (!Array.isArray(environments)) {
      const problem = environments === undefined ? 'there is no "environments"' : `environments is ${JSON.stringify(environments)}`;
      refuse(["environments"], { code: "FL2405", problem, expected, fix });
      return { environments: [], enginePreviews: [] };
    }
    environments.forEach((name: unknown, index) => {
      if (typeof name === "string" && name !== "" && environments.indexOf(name) === index) return;
      const problem = typeof name === "string" && name !== "" ? `"${name}" stands twice` : `an environment is ${JSON.stringify(name)}`;
      refuse(["environments", index], { code: "FL2405", problem, expected, fix });
    });
    const others = Array.isArray(enginePreviews) ? enginePreviews.filter((name) => !environments.includes(name)) : [enginePreviews];
    if (others.length > 0) {
      const problem = `enginePreviews has ${others.map((name) => JSON.stringify(name)).join(", ")}`;
      const some = `a list of some of ${environments.join(", ")}`;
      refuse(["enginePreviews"], {
        code: "FL2405",
        problem,
        expected: some,
        fix: "Name environments whose state any pull request may read.",
      });
    }
    return { environments, enginePreviews } as Environments;
  });
}
