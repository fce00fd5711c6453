import { createHash } from "node:crypto";

/** What a listener rule's place is decided by. */
export interface RoutePattern {
  path: string;
  host?: string;
  /** Ranges of addresses that it answers to. Any by default. */
  sourceIps?: string[];
  /** Said by whoever wrote the route. Of the route itself by default. */
  priority?: number;
  /** The service, where its deployments shift traffic: its rule is its own then, while the rule of other routes passes from service to service. */
  shiftedBy?: string;
}

/** Priorities of a route's two rules: for everybody, and before it for requests with the test header. */
export interface RulePriorities {
  priority: number;
  testPriority: number;
}

/**
 * AWS's own, but that a rule needs room for its test rule before it.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html
 */
export const priorityRange = { minimum: 2, maximum: 50_000 } as const;

// Two numbers for each route: 64 ranks, with a host and without, of 380 numbers each fill 1 to 48,640 of the 50,000.
const bandSize = 380;
const longestRanked = 63;

/**
 * Listener rule priorities: routes with a host first, then the longer the part before the first wildcard, the earlier. The number comes from the route
 * alone: AWS refuses one that is taken, and rules that go are deleted last, so that no rule may have to move because another comes or goes. Two routes of
 * one length may come to the same number, one pair in 190; the manifests' rules refuse that.
 *
 * Where traffic is shifted the number comes from the service as well: such a rule is made beside the one that it takes over from.
 */
export function rulePriorities(route: RoutePattern): RulePriorities {
  const priority = route.priority ?? priorityOf(route, ownOffset(route));
  return { priority, testPriority: priority - 1 };
}

/** A priority among routes of the same length that is none of `taken`; undefined where all are. */
export function freePriority(route: RoutePattern, taken: ReadonlySet<number>): number | undefined {
  const own = ownOffset(route);
  const candidates = Array.from({ length: bandSize / 2 }, (_, step) => priorityOf(route, (own + 2 * step) % bandSize));
  return candidates.find((priority) => !taken.has(priority) && !taken.has(priority - 1));
}

/** Where a route belongs among others: the lower comes first. Two of one rank may come in either order. */
export function rankOf({ path, host }: RoutePattern): number {
  const literal = path.split(/[*?]/)[0]!;
  const length = Math.min(literal.length + (literal === path ? 1 : 0), longestRanked);
  return (host ? 0 : longestRanked + 1) + longestRanked - length;
}

function priorityOf(route: RoutePattern, offset: number): number {
  return rankOf(route) * bandSize + offset + 2;
}

function ownOffset({ path, host = "", shiftedBy }: RoutePattern): number {
  const key = `${host}${path}${shiftedBy === undefined ? "" : ` ${shiftedBy}`}`;
  return (createHash("sha256").update(key).digest().readUInt32BE(0) % (bandSize / 2)) * 2;
}
