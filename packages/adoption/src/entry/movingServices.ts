import { patternsMeet, priorityRange, rulePriorities } from "@fairlead/model";
import type { ServiceInAws } from "@fairlead/operations";

import type { FoundRule } from "../found/listeners";

/** A service whose requests somebody else's tasks answer so far. */
export interface MovingService {
  name: string;
  /** Whose tasks answer; undefined where nobody's do, or where it is not one target group. */
  targetGroupArn: string | undefined;
  /** What keeps its requests from moving, or would take others' along, a sentence each. */
  problems: string[];
}

/**
 * Which target groups answer the requests of services so far, by the rules of the listener that the services' own rules come to.
 *
 * @param rules of the listener, as they are tried, without those that the stack has made
 * @returns those services whose requests anybody else answers, or whose rule would be refused or in the way of others
 */
export function movingServices(services: readonly ServiceInAws[], rules: readonly FoundRule[]): MovingService[] {
  return services.flatMap((service) => {
    const found = service.routes.map((route) => ({ route, rule: rules.find((rule) => takesAll(rule, route)) }));
    const groups = [...new Set(found.flatMap(({ rule }) => rule?.targetGroupArns ?? []))];
    const problems = [
      ...found.flatMap(({ route, rule }) => [...orderProblems(route, rule, rules), ...actionProblems(rule)]),
      ...(groups.length > 1
        ? [`its requests come to ${groups.length} target groups so far: ${groups.join(", ")}. Have them come to one first.`]
        : []),
    ];
    if (groups.length === 0 && problems.length === 0) return [];
    return [{ name: service.name, targetGroupArn: groups.length === 1 ? groups[0] : undefined, problems: [...new Set(problems)] }];
  });
}

type Route = ServiceInAws["routes"][number];

/**
 * The service's rule must come before the former one, and after those that take only some of its requests, such as a narrower path's: else it would take
 * theirs as well.
 */
function orderProblems(route: Route, former: FoundRule | undefined, rules: readonly FoundRule[]): string[] {
  const { priority } = rulePriorities({ ...route, path: route.path ?? "/*" });
  const until = Math.min(former?.priority ?? Infinity, priorityRange.maximum + 1);
  const narrower = rules.filter((rule) => rule !== former && rule.priority < until && meets(rule, route)).map((rule) => rule.priority);
  const after = Math.max(priorityRange.minimum - 1, ...narrower);
  const taken = new Set(rules.map((rule) => rule.priority));
  const why = [
    ...(taken.has(priority) ? ["the listener has one of that"] : []),
    ...(priority > until ? [`that of ${until} takes all its requests before`] : []),
    ...(priority < after
      ? [`it would take requests of ${listed(narrower.filter((each) => each > priority))}, which take only some and come after it`]
      : []),
  ];
  if (why.length === 0) return [];
  let free = Math.min(until, priorityRange.maximum + 1) - 1;
  while (free > after && taken.has(free)) free--;
  const fix =
    free > after
      ? `Give the route one between: priority: ${free}.`
      : `No number between ${after} and ${until} is free: give the rules from ${until} on higher ones first (aws elbv2 set-rule-priorities).`;
  return [`the rule of ${route.host ?? ""}${route.path ?? "/*"} would have priority ${priority}, and ${why.join("; ")}. ${fix}`];
}

const listed = (priorities: readonly number[]) =>
  priorities.length === 1 ? `that of ${priorities[0]}` : `those of ${priorities.join(", ")}`;

function actionProblems(rule: FoundRule | undefined): string[] {
  if (!rule) return [];
  return [
    ...rule.before.map(
      (action) => `the former rule has ${action} before it forwards, which the service's own rule has not: whoever comes would be let in.`,
    ),
    ...(rule.sticky
      ? ["the former rule keeps clients at one target group: those that it knows go on to come to the former tasks for a while."]
      : []),
  ];
}

/** Whether each request of the route comes to a rule. One that asks for a host, a header or a narrower path takes only some of them. */
function takesAll({ paths, hosts, asksMore }: FoundRule, { path = "/*", host }: Route): boolean {
  if (asksMore || (hosts.length > 0 && host === undefined)) return false;
  const takesHost = hosts.length === 0 || hosts.some((pattern) => covers(pattern.toLowerCase(), host!.toLowerCase()));
  return takesHost && (paths.length === 0 || paths.some((pattern) => covers(pattern, path)));
}

/** Whether any request of the route may come to a rule. */
function meets({ paths, hosts }: FoundRule, { path = "/*", host }: Route): boolean {
  const meetsHost =
    hosts.length === 0 || host === undefined || hosts.some((pattern) => patternsMeet(pattern.toLowerCase(), host.toLowerCase()));
  return meetsHost && (paths.length === 0 || paths.some((pattern) => patternsMeet(pattern, path)));
}

/**
 * Whether a pattern takes all that another one takes: the other's wildcards stand for a text that only a wildcard takes.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions
 */
function covers(pattern: string, other: string): boolean {
  const escaped = pattern.replace(/[\\^$.+()[\]{}|]/g, "\\$&");
  const asked = other.replaceAll("*", "\u0000").replaceAll("?", "\u0001");
  return new RegExp(`^${escaped.replaceAll("*", "[^]*").replaceAll("?", "[^\\u0000]")}$`).test(asked);
}
