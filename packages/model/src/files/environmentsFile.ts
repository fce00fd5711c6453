import { existsSync } from "node:fs";
import { join } from "node:path";

import { environmentsFile } from "../stackFiles";
import { checkedFile } from "./checkedFile";

/**
 * The environments of the stacks in a folder, in the order of promotion: `{ "environments": ["dev", "prod"] }`. None where there is no such file.
 *
 * @throws UserError for a file that says anything else
 */
export function readEnvironments(stacks: string): string[] {
  const file = join(stacks, environmentsFile);
  if (!existsSync(file)) return [];
  return checkedFile(file, "FL2401", (value, refuse) => {
    const { environments } = (value ?? {}) as { environments?: unknown };
    const expected = 'a list of names, such as { "environments": ["dev", "prod"] }';
    const fix = "Name the stacks that have services, in the order of promotion.";
    if (!Array.isArray(environments)) {
      const problem = environments === undefined ? 'there is no "environments"' : `environments is ${JSON.stringify(environments)}`;
      refuse(["environments"], { code: "FL2405", problem, expected, fix });
      return [];
    }
    environments.forEach((name: unknown, index) => {
      if (typeof name === "string" && name !== "" && environments.indexOf(name) === index) return;
      const problem = typeof name === "string" && name !== "" ? `"${name}" stands twice` : `an environment is ${JSON.stringify(name)}`;
      refuse(["environments", index], { code: "FL2405", problem, expected, fix });
    });
    return environments as string[];
  });
}
