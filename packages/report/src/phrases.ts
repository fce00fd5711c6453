// Also bundled for the page: nothing of Node in here.

/** `1 resource`, `2 resources` */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** `dev, staging and prod` */
export function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names.join("");
}

/** Of a changed argument, as the provider answers it; undefined where it updates the resource in place. */
export function replacementNote(replaces: boolean | undefined): string | undefined {
  if (replaces === undefined) return "may replace it";
  return replaces ? "replaces it" : undefined;
}

interface Unreadable {
  knownAfterApply?: boolean;
  fingerprintOf?: string;
  isSecret?: boolean;
}

/** What stands for values of a changed argument that nobody could read; undefined where they say something. */
export function unreadable({ knownAfterApply, fingerprintOf, isSecret }: Unreadable): string | undefined {
  if (isSecret) return "another secret value";
  if (fingerprintOf !== undefined) return `another fingerprint of ${fingerprintOf}`;
  return knownAfterApply ? "another value, known only after apply" : undefined;
}
