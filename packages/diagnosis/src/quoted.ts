import { printableLine, shortened, withoutLogins } from "@fairlead/model";

/** Characters of a line that is quoted. */
const longest = 400;
/** Characters of a line that are looked at. */
const examined = 2000;

// What follows a name that says it is a secret; tokens that are told by their form.
const named =
  /(?<![:/\w-])((?:[\w-]*(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|credential)s?[\w-]*|authorization)["']?\s*[:=]\s*["']?(?:bearer |basic )?)([^\s"',;&]{3,})/gi;
// The same after a colon, where an ARN has a secret's name and no "=", and as an option of a command.
const assigned = /((?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|credential)s?=)[^\s"',;&]{3,}/gi;
const options = /(--?[\w-]*(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key)\s+)[^\s"',;&-][^\s"',;&]{2,}/gi;
const tokens =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\beyJ[\w-]{10,}\.[\w-]{5,}(?:\.[\w-]+)?|\bgh[pousr]_\w{20,}|\bxox[abps]-[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----.*/g;

/**
 * Words of others as one line: what looks like a secret is left out, what steers a terminal is written out.
 */
export function quoted(text: string): string {
  // Patterns on all of a long line take long; what is quoted of it is its beginning.
  const beginning = text.trimStart().slice(0, examined);
  const safe = withoutLogins(beginning).replace(named, "$1…").replace(assigned, "$1…").replace(options, "$1…").replace(tokens, "…");
  return printableLine(shortened(safe.trim(), longest));
}
