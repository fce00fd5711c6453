// Also bundled for the page: nothing of Node in here.

/** `1 resource`, `2 resources` */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** Of a changed argument, as the provider answers it; undefined where it updates the resource in place. */
export function replacementNote(replaces: boolean | undefined): string | undefined {
  if (replaces === undefined) return "may replace it";
  return replaces ? "replaces it" : undefined;
}

/** What stands for values of a changed argument that nobody could read; undefined where they say something. */
export function unreadable({ knownAfterApply, fingerprintOf }: { knownAfterApply?: boolean; fingerprintOf?: string }): string | undefined {
  if (fingerprintOf !== undefined) return `another fingerprint of ${fingerprintOf}`;
  return knownAfterApply ? "another value, known only after apply" : undefined;
}
