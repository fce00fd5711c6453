import { hexadecimal } from "./configurationSyntax";

/** What wildcards stand for, and whether there are escaped ones. */
export interface WildcardOptions {
  /** Regular expression for one character; `.` by default. */
  character?: string;
  /** Whether `\*` and `\?` are the characters themselves, as in conditions on queries alone. */
  escapes?: boolean;
}

/**
 * The regular expression (PCRE, without anchors) for a pattern with `*`, any characters or none, and `?`, one character. There is no single quote and no control
 * character in it, so that `'…'` keeps HAProxy from reading anything into it.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function wildcardRegex(pattern: string, { character = ".", escapes = false }: WildcardOptions = {}): string {
  const parts = pattern.match(escapes ? /\\[*?]|[^]/gu : /[^]/gu) ?? [];
  return parts.map((part) => (part === "*" ? `${character}*` : part === "?" ? character : literal(part.replace(/^\\(?=.)/, "")))).join("");
}

/** A word of HAProxy's configuration: the regular expression for all of a text. */
export function wholeText(pattern: string, options?: WildcardOptions): string {
  return `'^${wildcardRegex(pattern, options)}$'`;
}

/**
 * A word of HAProxy's configuration: the regular expression for a query in which a parameter has this name and value. One without `=` has an empty value.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_QueryStringConditionConfig.html
 */
export function queryParameter({ key = "*", value }: { key?: string; value: string }): string {
  const name = wildcardRegex(key, { character: "[^&=]", escapes: true });
  const text = wildcardRegex(value, { character: "[^&]", escapes: true });
  return `'(^|&)${name}${/^\**$/.test(value) ? `(=${text})?` : `=${text}`}(&|$)'`;
}

function literal(character: string): string {
  if (/[\w/~ -]/.test(character)) return character;
  return /[!-/:-@[-`{-}]/.test(character) && character !== "'" ? `\\${character}` : hexadecimal(character);
}
