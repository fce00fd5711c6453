import { join } from "node:path";
import { UsageError } from "@fairlead/model";
import { configFolderOf, readProject, type Project } from "@fairlead/plan";

/** What a finding does: it is advice, or it fails the preview. */
const levels = ["advisory", "mandatory"] as const;
export type Enforcement = (typeof levels)[number];

/**
 * What a stack's configuration says by `policyEnforcement`; `advisory` where it says nothing.
 *
 * @throws UsageError for any other value: a misspelt one would switch the rules off
 */
export function enforcementOf(
  { name, config, configFolder }: Pick<Project, "name" | "config" | "configFolder">,
  stack: string,
): Enforcement {
  const key = `${name}:policyEnforcement`;
  const value = config[key] ?? levels[0];
  if ((levels as readonly string[]).includes(value)) return value as Enforcement;
  const file = join(configFolder, `Pulumi.${stack}.yaml`);
  throw new UsageError(
    `${file}: ${key} is "${value}": expected one of ${levels.join(", ")}.\n  fix: pulumi config set policyEnforcement mandatory -s ${stack}`,
  );
}

/** The same for a stack of which only the name is known; `mandatory` where nobody finds its configuration. */
export function enforcementOfStack(stack: string | undefined, from: string): Enforcement {
  if (stack === undefined || configFolderOf(stack, from) === undefined) return "mandatory";
  return enforcementOf(readProject(stack, [], from), stack);
}
