import { printableLine, shortened, withoutLogins } from "@fairlead/model";

/** Characters of a line that is quoted. */
const longest = 400;

// What follows a name that says it is a secret; tokens that are told by their form.
const named =
  /(?<![:/\w-])((?:[\w-]*(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|credential)s?[\w-]*|authorization)["']?\s*[:=]\s*["']?(?:bearer |basic )?)([^\s"',;&]{3,})/gi;
const tokens =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\beyJ[\w-]{10,}\.[\w-]{5,}(?:\.[\w-]+)?|\bgh[pousr]_\w{20,}|\bxox[abps]-[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY-----.*/g;

/**
 * Words of others as one line: what looks like a secret is left out, what steers a terminal is written out.
 */
export function quoted(text: string): string {
  const safe = withoutLogins(text).replace(named, "$1…").replace(tokens, "…");
  return printableLine(shortened(safe.trim(), longest));
}
