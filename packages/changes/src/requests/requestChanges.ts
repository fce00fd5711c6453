import type { Plan } from "@fairlead/plan";

import { renamedServices } from "../serviceChanges/serviceChanges";
import type { Answered } from "./answered";
import { literal, wordsOf, type Surroundings, type Words } from "./changeWords";
import { compareListeners, type Sides } from "./compareListeners";
import { asItBecomes, underNewUrns } from "./effectivePlans";
import { groupedChanges, type Grouped } from "./groupedChanges";
import type { Listener, LoadBalancer, Rule } from "./model";
import { readDistributions } from "./readDistributions";
import { readLoadBalancers } from "./readLoadBalancers";
import { requestClasses } from "./requestClasses";
import { byEffect, type RequestChange } from "./requestChange";
import { RouteLabels } from "./routeLabels";

/**
 * Which requests another one answers after a change than before, and who. Of each load balancer that was there; a new one has an address that nobody asks
 * yet. What testers of a deployment ask is nobody's request.
 */
export function requestChanges(before: Plan, after: Plan): RequestChange[] {
  const former = underNewUrns(before, after);
  const [old, given] = [former, asItBecomes(former, after)].map(publicOnes) as [LoadBalancer[], LoadBalancer[]];
  const now = new Map(given.map((each) => [each.key, each]));
  const renamed = renamedServices(before, after);
  const changes = old.flatMap((each) => changesOf({ before: each, after: now.get(each.key) ?? withoutOwnRules(each), renamed }));
  const hasSeveral = new Set([...old, ...given].filter((each) => !each.isDistribution).map(({ key }) => key)).size > 1;
  return changes
    .map(({ surroundings, ...change }): RequestChange => {
      const isNamed = surroundings.isNamed || hasSeveral;
      return { ...change, ...wordsOf(change, { ...surroundings, isNamed }) };
    })
    .sort((a, b) => byEffect(a, b) || literal(b) - literal(a) || (a.text < b.text ? -1 : 1));
}

/** A listener of others stays where it is when the last of our rules goes. */
function withoutOwnRules({ listeners, ...rest }: LoadBalancer): LoadBalancer | undefined {
  const others = listeners.filter(({ hasOtherRules }) => hasOtherRules);
  return others.length > 0 ? { ...rest, listeners: others.map((listener) => ({ ...listener, rules: [] })) } : undefined;
}

const hostsOf = ({ conditions }: Rule) => conditions.flatMap(({ field, values }) => (field === "host-header" ? values : []));

type Untold = Omit<RequestChange, keyof Words> & { surroundings: Surroundings };

function changesOf(sides: Sides): Untold[] {
  const { before, after } = sides;
  const ports = [...new Set([...before.listeners, ...(after?.listeners ?? [])].map(({ port }) => port))];
  const listenerOf = (side: LoadBalancer | undefined, port: number | undefined) => side?.listeners.find((each) => each.port === port);
  const changed = ports.filter((port) => shapeOf(listenerOf(before, port)) !== shapeOf(listenerOf(after, port)));
  if (changed.length === 0) return [];
  const classes = requestClasses(before.listeners, after?.listeners ?? []);
  const labels = classes && new RouteLabels(classes);
  const isOnePort =
    ports.filter((port) => !isOnlyRedirect(listenerOf(before, port)) || !isOnlyRedirect(listenerOf(after, port))).length < 2;
  const named = new Set(before.listeners.flatMap(({ rules }) => rules.flatMap(hostsOf)));
  return changed.flatMap((port) => {
    const { protocol, hasOtherRules: isShared } = (listenerOf(after, port) ?? listenerOf(before, port))!;
    const surroundings = { isNamed: before.isDistribution === true, isOnePort, isShared };
    const place = { loadBalancer: before.name, internal: before.internal, port, protocol, surroundings };
    const groups = classes
      ? groupedChanges(compareListeners(withOwnRulesAlone(sides), port, classes, labels!), classes, labels!, named)
      : [tooMany];
    return groups.map((group) => ({ ...place, ...group }));
  });
}

/** What others have on a listener stays as it is, so it says nothing of what changes. */
function withOwnRulesAlone({ before, after, ...rest }: Sides): Sides {
  const own = (side: LoadBalancer) => ({ ...side, listeners: side.listeners.map((each) => ({ ...each, hasOtherRules: false })) });
  return { ...rest, before: own(before), after: after && own(after) };
}

const isOnlyRedirect = (listener: Listener | undefined) =>
  !listener || (listener.rules.length === 0 && listener.defaultOutcome.kind === "redirect");

const untold: Answered = {
  kind: "unknown",
  text: "can't tell: its rules have more conditions than can be compared",
  services: [],
  owners: [],
};
const tooMany: Grouped = {
  requests: "/*",
  except: [],
  example: { host: "", path: "/" },
  from: untold,
  to: untold,
  effect: "unknown",
  takenFromOwner: false,
};

/** All that decides about its answers; names of its rules do not, and of their priorities the order alone does. */
function shapeOf(listener: Listener | undefined): string {
  if (!listener) return "";
  const priorities = [...new Set(listener.rules.map(({ priority }) => priority))];
  const rules = listener.rules.map(({ urn: _, priority, ...rule }) => ({
    ...rule,
    place: priority === undefined ? -1 : priorities.indexOf(priority),
  }));
  return JSON.stringify({ ...listener, rules });
}

function publicOnes(plan: Pick<Plan, "resources">): LoadBalancer[] {
  return [...readLoadBalancers(plan), ...readDistributions(plan)].map((each) => ({
    ...each,
    listeners: each.listeners.map((listener) => ({ ...listener, rules: listener.rules.filter(({ isTest }) => !isTest) })),
  }));
}
