import { isMap } from "@fairlead/model";

import { wordsOf } from "./coveredPaths";

/**
 * Inputs as the engine compares them: what is ignored is as it was, wherever in them it is.
 *
 * @param paths as `ignoreChanges` has them: `tags`, `rules[0].expiration`, `containers[*].image`, `tags["a.b"]`
 * @see https://www.pulumi.com/docs/iac/concepts/options/ignorechanges/
 */
export function withoutIgnored(
  before: Record<string, unknown>,
  after: Record<string, unknown>,
  paths: readonly string[],
): Record<string, unknown> {
  return paths.reduce((inputs, path) => taken(before, inputs, wordsOf(path)) as Record<string, unknown>, after);
}

function taken(before: unknown, after: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined) return before;
  const [was, is] = [before, after].map((value) => (Array.isArray(value) || isMap(value) ? (value as Record<string, unknown>) : undefined));
  if (!is) return after;
  const keys = key === "*" ? [...new Set([...Object.keys(was ?? {}), ...Object.keys(is)])] : [key];
  const copy = (Array.isArray(is) ? [...(is as unknown[])] : { ...is }) as Record<string, unknown>;
  for (const each of keys) {
    const value = taken(was?.[each], is[each], rest);
    if (value === undefined) delete copy[each];
    else copy[each] = value;
  }
  return Array.isArray(copy) ? copy.filter((_, index) => index in copy) : copy;
}
