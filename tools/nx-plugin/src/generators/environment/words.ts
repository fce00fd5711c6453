/** Puts one environment's name in the place of another's. */
export type Rename = (text: string) => string;

/** Renames an environment wherever its name stands as a word of its own, and no part of the longer names of others, such as prod-eu's. */
export function renaming(from: string, to: string, others: readonly string[]): Rename {
  const names = [...new Set([from, to, ...others])].sort((a, b) => b.length - a.length).map((name) => name.replace(/\W/g, "\\$&"));
  const word = new RegExp(`(?<![A-Za-z0-9_])(?:${names.join("|")})(?![A-Za-z0-9_])`, "g");
  return (text) => text.replace(word, (found) => (found === from ? to : found));
}
