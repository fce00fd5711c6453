import { rulePriorities } from "@fairlead/model";
import type { ServiceInAws } from "@fairlead/operations";

import type { FoundRule } from "../found/listeners";

/** A service whose requests somebody else's tasks answer so far. */
export interface MovingService {
  name: string;
  /** Whose tasks answer; undefined where nobody's do, or where it is not one target group. */
  targetGroupArn: string | undefined;
  /** What keeps its requests from moving, a sentence each. */
  problems: string[];
}

/**
 * Which target groups answer the requests of services so far, by the rules of the listener that the services' own rules come to.
 *
 * @param rules of the listener, as they are tried, without those that the stack has made
 * @returns those services whose requests anybody else answers, or that AWS would refuse a rule
 */
export function movingServices(services: readonly ServiceInAws[], rules: readonly FoundRule[]): MovingService[] {
  return services.flatMap((service) => {
    const found = service.routes.map((route) => ({ route, rule: rules.find((rule) => fits(rule, route)) }));
    const groups = [...new Set(found.flatMap(({ rule }) => rule?.targetGroupArns ?? []))];
    const problems = [
      ...found.flatMap(({ route, rule }) => orderProblem(route, rule, rules)),
      ...(groups.length > 1
        ? [`its routes come to ${groups.length} target groups so far: ${groups.join(", ")}. Move one route after the other.`]
        : []),
    ];
    if (groups.length === 0 && problems.length === 0) return [];
    return [{ name: service.name, targetGroupArn: groups.length === 1 ? groups[0] : undefined, problems: [...new Set(problems)] }];
  });
}

type Route = ServiceInAws["routes"][number];

function orderProblem(route: Route, rule: FoundRule | undefined, rules: readonly FoundRule[]): string[] {
  const { priority } = rulePriorities({ ...route, path: route.path ?? "/*" });
  const shown = `${route.host ?? ""}${route.path ?? "/*"}`;
  const same = rules.find((each) => each.priority === priority);
  if (same)
    return [`the listener has a rule of priority ${priority}, which that of ${shown} would have: give the route another (priority).`];
  if (!rule || rule.priority > priority) return [];
  const before = [...rules].filter((each) => each.priority < rule.priority).map((each) => each.priority);
  const free = freeBelow(rule.priority, new Set(before));
  const fix =
    free === undefined
      ? "No number before it is free: give that rule a higher one first."
      : `Give the route one before: priority: ${free}.`;
  return [`the rule of ${shown} would have priority ${priority}, and one of ${rule.priority} takes its requests before. ${fix}`];
}

/** The highest that is free before another; 2 at least, since a rule has room for its test rule before it. */
function freeBelow(priority: number, taken: ReadonlySet<number>): number | undefined {
  for (let candidate = Math.min(priority, 50_001) - 1; candidate >= 2; candidate--)
    if (!taken.has(candidate) && !taken.has(candidate - 1)) return candidate;
  return undefined;
}

/** Whether a request of the route comes to a rule. One that asks for more, such as a header, takes only some of them. */
function fits({ paths, hosts, asksMore }: FoundRule, { path = "/*", host }: Route): boolean {
  if (asksMore) return false;
  const asked = { path: sample(path), host: host === undefined ? undefined : sample(host) };
  const fitsHost =
    hosts.length === 0 || asked.host === undefined || hosts.some((pattern) => matches(pattern.toLowerCase(), asked.host!.toLowerCase()));
  return fitsHost && (paths.length === 0 || paths.some((pattern) => matches(pattern, asked.path)));
}

/** A request that a pattern stands for. */
const sample = (pattern: string) => pattern.replace(/[*?]/g, "x");

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions */
function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[\\^$.+()[\]{}|]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(text);
}
