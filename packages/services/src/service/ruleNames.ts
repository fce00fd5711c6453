import { createHash } from "node:crypto";

/** What a listener rule answers to. */
export interface Match {
  paths: string[];
  host?: string;
  sourceIps?: string[];
  priority: number;
  testPriority?: number;
  /** Of the rule's name, where it is called after its service. */
  suffix: string;
}

/** A service whose rules have names. */
export interface RuleOwner {
  name: string;
  routes: readonly { path: string; host?: string }[];
  /** Whether its deployments shift traffic. */
  shifting: boolean;
}

/** `dev-shop-3f2a1b`: of the load balancer and the route alone, whichever service answers and whichever other routes there are. */
export function nameOfRoute(loadBalancer: string, match: Pick<Match, "paths" | "host">): string {
  const hash = shortHash(`${match.host ?? ""}${match.paths[0]}`);
  return [loadBalancer, wordsOf(match), hash].filter(Boolean).join("-");
}

/**
 * `cart.https`: of the service and the listener, whichever its routes are, as ECS goes on to shift the traffic of the rule that it knows. No other rule's name has a dot.
 *
 * On another listener it is another rule, and the old one answers until the new one is there.
 */
export function nameOfShifted(service: string, { protocol }: { protocol: "http" | "https" }, forTest: boolean): string {
  return `${service}.${protocol}${forTest ? ".test" : ""}`;
}

/** The names that such a rule had before 0.3.0: after the first of its routes, whichever that was. */
export function formerNamesOfShifted(service: string, { paths, host }: Pick<Match, "paths" | "host">, forTest: boolean): string[] {
  const names = paths.map((path) => [service, wordsOf({ paths: [path], host }), ...(forTest ? ["test"] : [])].filter(Boolean).join("-"));
  return [...new Set(names)];
}

/**
 * Names that the rules of several services can have had before 0.3.0: `web-admin` was that of `/admin/*` of `web`, and that of `/*` of `web-admin`. An alias of such a name
 * would give the one service the other's rule.
 */
export function ambiguousRuleNames(owners: readonly RuleOwner[]): Set<string> {
  const seen = new Set<string>();
  const names = owners.flatMap((owner) => [...new Set(formerNamesOf(owner))]);
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}

function formerNamesOf({ name, routes, shifting }: RuleOwner): string[] {
  if (!shifting) return withSuffixes(routes.map(({ path, host }) => ({ paths: [path], host }))).map(({ suffix }) => name + suffix);
  const match = { paths: routes.map(({ path }) => path), host: routes[0]?.host };
  return [false, true].flatMap((forTest) => formerNamesOfShifted(name, match, forTest));
}

/**
 * Keeps the names of one service's rules apart without depending on their order: `/api/*` → `-api`, `/*` → ``. Where two come to the same, such as `/api` and `/api/*`,
 * the one with the wildcard keeps the plain name.
 */
export function withSuffixes<T extends Pick<Match, "paths" | "host">>(matches: readonly T[]): (T & Pick<Match, "suffix">)[] {
  const plain = matches.map(wordsOf);
  const keepers = new Map<string, number>();
  matches.forEach((match, index) => {
    const keeper = keepers.get(plain[index]!);
    if (keeper === undefined || rank(match) < rank(matches[keeper]!)) keepers.set(plain[index]!, index);
  });
  return matches.map((match, index) => {
    const words = plain[index]!;
    const own = keepers.get(words) === index ? words : `${words}-${shortHash(`${match.host ?? ""}${match.paths[0]}`)}`;
    return { ...match, suffix: own ? `-${own.replace(/^-/, "")}` : "" };
  });
}

function wordsOf({ paths, host }: Pick<Match, "paths" | "host">): string {
  return `${host ?? ""}${paths[0]}`.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

function rank({ paths, host }: Pick<Match, "paths" | "host">): string {
  return `${paths[0]!.includes("*") ? 0 : 1}${host ?? ""}${paths[0]}`;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 6);
}
