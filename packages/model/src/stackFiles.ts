/** The stack that a file configures, as Pulumi names it: `stacks/Pulumi.dev.yaml` → `dev`; undefined for any other file. */
export function stackOfFile(file: string): string | undefined {
  return /^(?:.*\/)?Pulumi\.([^/]+)\.yaml$/.exec(file)?.[1];
}

/** The stacks of a folder with these file names, sorted: those that have a configuration file. */
export function stacksAmong(names: readonly string[]): string[] {
  return names.flatMap((name) => stackOfFile(name) ?? []).sort();
}
