import { refusedValue, settingsError } from "@fairlead/model/files";
import { configFolderOf, readProject, type Project } from "@fairlead/plan";

/** What a finding does: it is advice, or it fails the preview. */
const levels = ["advisory", "mandatory"] as const;
export type Enforcement = (typeof levels)[number];

/**
 * What a stack's configuration says by `policyEnforcement`; `advisory` where it says nothing.
 *
 * @throws UserError for any other value: a misspelt one would switch the rules off
 */
export function enforcementOf(
  { name, config, configFolder }: Pick<Project, "name" | "config" | "configFolder">,
  stack: string,
): Enforcement {
  const key = `${name}:policyEnforcement`;
  const value = config[key] ?? levels[0];
  if ((levels as readonly string[]).includes(value)) return value as Enforcement;
  throw settingsError(configFolder, stack, [refusedValue(stack, key, value, `one of ${levels.join(", ")}`)]);
}

/** The same for a stack of which only the name is known; `mandatory` where nobody finds its configuration. */
export function enforcementOfStack(stack: string | undefined, from: string): Enforcement {
  if (stack === undefined || configFolderOf(stack, from) === undefined) return "mandatory";
  return enforcementOf(readProject(stack, [], from), stack);
}
