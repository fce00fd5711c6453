import { stripVTControlCharacters } from "node:util";

import { printableLine, shortened } from "./shortened";
import { withoutSecrets } from "./withoutSecrets";

/** Characters of a line that is quoted. */
const longest = 400;
/** Characters of a line that are looked at: patterns on all of a long one take long, and what is quoted of it is its beginning. */
export const examinedCharacters = 2000;

/**
 * Words of others as one line: what looks like a secret is left out, what steers a terminal is written out. What colors a word is gone before it is looked at,
 * since it may stand in a name.
 */
export function quoted(text: string): string {
  const beginning = shortened(text.trimStart(), examinedCharacters);
  return printableLine(shortened(withoutSecrets(stripVTControlCharacters(beginning)).trim(), longest));
}
