/** A text in which one environment's name, wherever it stands as a word of its own, is another's. */
export function renamed(text: string, from: string, to: string): string {
  return text.replace(new RegExp(`(?<![A-Za-z0-9_])${from}(?![A-Za-z0-9_])`, "g"), to);
}
