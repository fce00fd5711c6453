/** The list of environments, beside the stacks' configuration. */
export const environmentsFile = "environments.json";
/** What npm installs, beside Pulumi.yaml. */
export const lockFile = "package-lock.json";
/** The exceptions from policies, beside the stacks' configuration. */
export const policyExceptionsFile = "policy-exceptions.yaml";
/** The vulnerabilities that are let through for a time, beside the stacks' configuration. */
export const vulnerabilityExceptionsFile = "vulnerability-exceptions.yaml";
/** What a change may do once that is held otherwise, beside the stacks' configuration. */
export const allowedChangesFile = "allowed-changes.yaml";
/** What a month brings, beside the stacks' configuration. */
export const usageFile = "usage.yaml";

/** The configuration file of a stack, as Pulumi names it; with `*`, a pattern for all of them. */
export function configurationFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

/** What an environment takes over from others, as `fairlead promote` writes it. */
export function promotionsFile(environment: string): string {
  return `promotions.${environment}.yaml`;
}

/** The composition of a stack. */
export function compositionFile(stack: string): string {
  return `${stack}.ts`;
}

/** The files of one stack alone. */
export function filesOfStack(stack: string): string[] {
  return [compositionFile(stack), configurationFile(stack), promotionsFile(stack)];
}

/** The stack that a file configures: `stacks/Pulumi.dev.yaml` → `dev`; undefined for any other file. */
export function stackOfFile(file: string): string | undefined {
  return /^(?:.*\/)?Pulumi\.([^/]+)\.yaml$/.exec(file)?.[1];
}

/** The stacks of a folder with these file names, sorted: those that have a configuration file. */
export function stacksAmong(names: readonly string[]): string[] {
  return names.flatMap((name) => stackOfFile(name) ?? []).sort();
}
