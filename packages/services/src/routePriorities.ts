import { createHash } from "node:crypto";

const bandSize = 700;
const longestRanked = 64;

/**
 * Listener rule priorities for path patterns: the longer the part before the first wildcard, the earlier the rule. Each path's number
 * comes from the path itself, so that a new route moves no other one; two that meet in one number are told apart in alphabetical order.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html priorities are 1 to 50,000
 */
export function routePriorities(paths: string[]): Map<string, number> {
  const taken = new Set<number>();
  const priorities = new Map<string, number>();
  for (const path of [...new Set(paths)].sort()) {
    const literal = path.split(/[*?]/)[0]!;
    const isExact = literal === path;
    const rank = Math.min(literal.length + (isExact ? 1 : 0), longestRanked);
    const first = 1 + (longestRanked - rank) * bandSize;
    let offset = createHash("sha256").update(path).digest().readUInt32BE(0) % bandSize;
    while (taken.has(first + offset)) offset = (offset + 1) % bandSize;
    taken.add(first + offset);
    priorities.set(path, first + offset);
  }
  return priorities;
}
