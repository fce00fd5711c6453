import { createHash } from "node:crypto";

/** What a listener rule's place is decided by. */
export interface RoutePattern {
  path: string;
  host?: string;
}

/** Priorities of a route's two rules: for everybody, and before it for requests with the test header. */
export interface RulePriorities {
  priority: number;
  testPriority: number;
}

// Two numbers for each route: 64 ranks, with a host and without, of 380 numbers each fill 1 to 48,640 of the 50,000.
const bandSize = 380;
const longestRanked = 63;

/**
 * Listener rule priorities: routes with a host first, then the longer the part before the first wildcard, the earlier. Each route's number
 * comes from the route itself, so that a new one moves no other; two that meet in one number are told apart in alphabetical order.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html priorities are 1 to 50,000
 */
export function routePriorities(routes: readonly RoutePattern[]): { of(route: RoutePattern): RulePriorities } {
  const taken = new Set<number>();
  const priorities = new Map<string, RulePriorities>();
  const byKey = new Map(routes.map((route) => [keyOf(route), route]));
  for (const [key, route] of [...byKey].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const first = bandOf(route) * bandSize;
    const hash = createHash("sha256").update(key).digest().readUInt32BE(0) % (bandSize / 2);
    let offset = hash * 2;
    // A load balancer's quota of rules, 100 unless AWS raised it, is far below what a band takes; beyond it the next band serves.
    for (let tries = 0; taken.has(first + offset); tries++) offset = tries < bandSize / 2 ? (offset + 2) % bandSize : offset + 2;
    taken.add(first + offset);
    priorities.set(key, { testPriority: first + offset + 1, priority: first + offset + 2 });
  }
  return { of: (route) => priorities.get(keyOf(route))! };
}

function bandOf({ path, host }: RoutePattern): number {
  const literal = path.split(/[*?]/)[0]!;
  const rank = Math.min(literal.length + (literal === path ? 1 : 0), longestRanked);
  return (host ? 0 : longestRanked + 1) + longestRanked - rank;
}

function keyOf({ path, host = "" }: RoutePattern): string {
  return `${host}${path}`;
}
