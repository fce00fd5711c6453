import { freePriority, patternsMeet, rankOf, rulePriorities, shiftsTraffic } from "@fairlead/model";

import type { Diagnostic } from "../diagnostic";
import type { RouteSpec } from "../spec";
import type { LoadedService } from "./loadedService";

type Place = Pick<Diagnostic, "file" | "line" | "column">;
type StatedRoute = RouteSpec & { service: string; at: Place };

/** A rule that the load balancer will have: of a route, or of all routes of a service whose deployments shift traffic. */
interface ListenerRule {
  service: string;
  shifts: boolean;
  routes: [StatedRoute, ...StatedRoute[]];
}

/** Services whose routes are at the internal load balancer: what is there meets nothing of the other. */
export function internalServices(services: readonly LoadedService[]): ReadonlySet<string | undefined> {
  return new Set(services.flatMap(({ name, manifest }) => (manifest?.internal ? [name] : [])));
}

/** The priorities of the load balancer's rules: no two the same, and none that lets one service have what is another's. */
export function listenerRuleDiagnostics(services: LoadedService[]): Diagnostic[] {
  const all = rulesOf(services);
  const internal = internalServices(services);
  const atEach = [false, true].map((isInternal) => all.filter(({ service }) => internal.has(service) === isInternal));
  return [...atEach.flatMap(takenPriorities), ...atEach.flatMap(rulesOutOfPlace)];
}

function rulesOf(services: LoadedService[]): ListenerRule[] {
  const shifting = new Set(services.flatMap(({ spec }) => (spec && shiftsTraffic(spec.deployment) ? [spec.name] : [])));
  const rules: ListenerRule[] = [];
  for (const { name, manifest, locate } of services) {
    for (const [index, { service = name!, ...route }] of (locate ? (manifest?.routes ?? []) : []).entries()) {
      const stated = { ...route, service, at: locate!(["routes", index, "path"]) };
      const own = shifting.has(service) ? rules.find((rule) => rule.service === service) : undefined;
      if (own) own.routes.push(stated);
      else rules.push({ service, shifts: shifting.has(service), routes: [stated] });
    }
  }
  return rules;
}

const prioritiesOf = ({ service, shifts, routes: [route] }: ListenerRule) =>
  rulePriorities({ ...route, shiftedBy: shifts ? service : undefined });
const textOf = ({ host = "", path }: RouteSpec) => `"${host}${path}"`;

/** Told of the one that comes later in alphabetical order, those that shift traffic last: the numbers that are proposed are those that a former version chose. */
function takenPriorities(rules: ListenerRule[]): Diagnostic[] {
  const key = ({ shifts, service, routes: [{ host = "", path }] }: ListenerRule) => `${shifts ? 1 : 0}${host}${path} ${service}`;
  const taken = new Map<number, ListenerRule>();
  const numbersOf = (rule: ListenerRule) => {
    const { priority, testPriority } = prioritiesOf(rule);
    return rule.shifts ? [priority, testPriority] : [priority];
  };
  const sorted = [...rules].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  const all = new Set(rules.flatMap(numbersOf));
  return sorted.flatMap((rule): Diagnostic[] => {
    const numbers = numbersOf(rule);
    const number = numbers.find((each) => taken.has(each));
    const [route] = rule.routes;
    if (number === undefined) {
      for (const each of numbers) taken.set(each, rule);
      return [];
    }
    const other = taken.get(number)!;
    // The same route twice is another mistake.
    if (!rule.shifts && !other.shifts && textOf(route) === textOf(other.routes[0])) return [];
    const free = freePriority({ ...route, shiftedBy: rule.shifts ? rule.service : undefined }, all);
    if (free !== undefined) all.add(free);
    return [
      {
        code: "FL1047",
        ...route.at,
        problem: `the rules of ${textOf(route)} of ${rule.service} and ${textOf(other.routes[0])} of ${other.service} have the priority ${number}`,
        expected: "a priority for each rule of the load balancer",
        consequence: "AWS would refuse the second.",
        fix:
          free === undefined
            ? "Give the route that is new a priority that is free."
            : `Give the route that is new a priority: ${free} is free and fits its length.`,
      },
    ];
  });
}

/** A request that fits two routes belongs to the one that says more of its path. The rule of several routes has one place, that of the first. */
function rulesOutOfPlace(rules: ListenerRule[]): Diagnostic[] {
  return rules.flatMap((rule): Diagnostic[] => {
    if (rule.routes.length < 2) return [];
    const wrong = misplacedAgainst(rule, rules);
    if (!wrong) return [];
    const better = rule.routes.find((first) => {
      const rest = rule.routes.filter((route) => route !== first);
      return !misplacedAgainst(
        { ...rule, routes: [first, ...rest] },
        rules.map((each) => (each === rule ? { ...rule, routes: [first, ...rest] } : each)),
      );
    });
    const { route, other, otherService } = wrong;
    const isFirst = rankOf(route) > rankOf(other);
    return [
      {
        code: "FL1048",
        ...route.at,
        problem: `${textOf(route)} of ${rule.service} comes ${isFirst ? "before" : "after"} ${textOf(other)} of ${otherService}`,
        expected: `what says more of a path first; all routes of ${rule.service} are one rule, in the place of ${textOf(rule.routes[0])}, as its deployments shift traffic`,
        consequence: `Requests that are ${isFirst ? otherService : rule.service}'s would go to ${isFirst ? rule.service : otherService}.`,
        fix: better
          ? `Put ${textOf(better)} first.`
          : "Set deployment.strategy to ROLLING, where each route has a rule of its own, or lead one of the routes to another service.",
      },
    ];
  });
}

function misplacedAgainst(rule: ListenerRule, rules: ListenerRule[]) {
  const own = prioritiesOf(rule).priority;
  for (const other of rules) {
    // Whoever says a priority has decided.
    if (other.service === rule.service || rule.routes[0].priority !== undefined || other.routes[0].priority !== undefined) continue;
    const comesFirst = own < prioritiesOf(other).priority;
    for (const route of rule.routes) {
      for (const theirs of other.routes) {
        const difference = rankOf(route) - rankOf(theirs);
        if (difference !== 0 && difference < 0 !== comesFirst && answerTheSame(route, theirs))
          return { route, other: theirs, otherService: other.service };
      }
    }
  }
  return undefined;
}

function answerTheSame(a: RouteSpec, b: RouteSpec): boolean {
  return patternsMeet(a.path, b.path) && patternsMeet((a.host ?? "*").toLowerCase(), (b.host ?? "*").toLowerCase());
}
