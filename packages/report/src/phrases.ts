// Also bundled for the page: nothing of Node in here.

/** `1 resource`, `2 resources` */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** Why the cost of some parts is in no sum. */
export const inNoSum = "nobody declared the volume, can know it or has the price";

/** Of a changed argument, as the provider answers it; undefined where it updates the resource in place. */
export function replacementNote(replaces: boolean | undefined): string | undefined {
  if (replaces === undefined) return "may replace it";
  return replaces ? "replaces it" : undefined;
}
