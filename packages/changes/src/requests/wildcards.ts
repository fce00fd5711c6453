/**
 * Whether a text fits a pattern: `*` is any characters or none, `?` is one. The load balancer compares paths with the case that they have, and hosts,
 * headers and queries without.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html
 */
export function fits(pattern: string, text: string): boolean {
  let [at, position] = [0, 0];
  let star = -1;
  let tried = 0;
  while (position < text.length) {
    if (pattern[at] === "*") {
      star = at++;
      tried = position;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === text[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      at = star + 1;
      position = ++tried;
    } else return false;
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

/** As {@link fits}, in any case. */
export function fitsInAnyCase(pattern: string, text: string): boolean {
  return fits(pattern.toLowerCase(), text.toLowerCase());
}
