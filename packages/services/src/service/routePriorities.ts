import { createHash } from "node:crypto";

/** What a listener rule's place is decided by. */
export interface RoutePattern {
  path: string;
  host?: string;
  /** The service, where its deployments shift traffic: its rule is its own then, while the rule of other routes passes from service to service. */
  shiftedBy?: string;
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
 * Where traffic is shifted the number comes from the service as well: such a rule is made beside the one that it takes over from, and AWS refuses a
 * priority that is taken. Two services may come to the same number, one pair in 190; the new one then needs another name.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html priorities are 1 to 50,000
 */
export function routePriorities(routes: readonly RoutePattern[]): { of(route: RoutePattern): RulePriorities } {
  const numbers = new Numbers();
  const ofRoutes = numbers.take(routes.map(({ path, host }) => ({ path, host })));
  // Not the number that a route has of its own either: it may be handed over, in either direction.
  const ofShifting = numbers.take(routes.filter(({ shiftedBy }) => shiftedBy !== undefined));
  return { of: (route) => (route.shiftedBy === undefined ? ofRoutes : ofShifting).get(keyOf(route))! };
}

/** The numbers that are taken. */
class Numbers {
  private readonly taken = new Set<number>();

  take(routes: readonly RoutePattern[]): Map<string, RulePriorities> {
    const byKey = new Map(routes.map((route) => [keyOf(route), route]));
    const sorted = [...byKey].sort(([a], [b]) => (a < b ? -1 : 1));
    return new Map(sorted.map(([key, route]) => [key, this.next(bandOf(route) * bandSize, key)]));
  }

  private next(first: number, key: string): RulePriorities {
    const hash = createHash("sha256").update(key).digest().readUInt32BE(0) % (bandSize / 2);
    let offset = hash * 2;
    // A load balancer's quota of rules, 100 unless AWS raised it, is far below what a band takes; beyond it the next band serves.
    for (let tries = 0; this.taken.has(first + offset); tries++) offset = tries < bandSize / 2 ? (offset + 2) % bandSize : offset + 2;
    this.taken.add(first + offset);
    return { testPriority: first + offset + 1, priority: first + offset + 2 };
  }
}

function bandOf({ path, host }: RoutePattern): number {
  const literal = path.split(/[*?]/)[0]!;
  const rank = Math.min(literal.length + (literal === path ? 1 : 0), longestRanked);
  return (host ? 0 : longestRanked + 1) + longestRanked - rank;
}

function keyOf({ path, host = "", shiftedBy }: RoutePattern): string {
  return `${host}${path}${shiftedBy === undefined ? "" : ` ${shiftedBy}`}`;
}
