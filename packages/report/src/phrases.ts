// Also bundled for the page: nothing of Node in here.

/** Of a changed argument, as the provider answers it; undefined where it updates the resource in place. */
export function replacementNote(replaces: boolean | undefined): string | undefined {
  if (replaces === undefined) return "may replace it";
  return replaces ? "replaces it" : undefined;
}
