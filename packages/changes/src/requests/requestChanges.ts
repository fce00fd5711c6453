import type { Plan, PlanResource } from "@fairlead/plan";

import { formerResources } from "../formerResources";
import { renamedServices } from "../serviceChanges/serviceChanges";
import type { Answered } from "./answered";
import { compareListeners, type Sides } from "./compareListeners";
import { groupedChanges, type Grouped } from "./groupedChanges";
import type { Listener, LoadBalancer } from "./model";
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
    .map(({ isOnePort, isDistribution, ...change }): RequestChange => {
      const where = isDistribution || hasSeveral ? ` at ${change.loadBalancer}` : "";
      return { ...change, ...wordsOf(change, where, isOnePort) };
    })
    .sort((a, b) => byEffect(a, b) || literal(b) - literal(a) || (a.text < b.text ? -1 : 1));
}

/** A listener of others stays where it is when the last of our rules goes. */
function withoutOwnRules({ listeners, ...rest }: LoadBalancer): LoadBalancer | undefined {
  const others = listeners.filter(({ hasOtherRules }) => hasOtherRules);
  return others.length > 0 ? { ...rest, listeners: others.map((listener) => ({ ...listener, rules: [] })) } : undefined;
}

type Words = Pick<RequestChange, "subject" | "outcome" | "text">;
type Untold = Omit<RequestChange, keyof Words> & { isOnePort: boolean; isDistribution: boolean };

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
  return changed.flatMap((port) => {
    const { protocol } = (listenerOf(after, port) ?? listenerOf(before, port))!;
    const place = {
      loadBalancer: before.name,
      internal: before.internal,
      port,
      protocol,
      isOnePort,
      isDistribution: before.isDistribution === true,
    };
    const groups = classes ? groupedChanges(compareListeners(sides, port, classes, labels!), classes, labels!) : [tooMany];
    return groups.map((group) => ({ ...place, ...group }));
  });
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

/** The former plan, with the URNs that aliases give its resources. */
function underNewUrns(before: Plan, after: Plan): Pick<Plan, "resources"> {
  const former = [...formerResources(before, after)];
  const moved = new Map(former.map(([urn, resource]) => [resource.urn, urn]));
  return {
    resources: former.map(([urn, each]) => ({
      ...each,
      urn,
      parent: each.parent === null ? null : (moved.get(each.parent) ?? each.parent),
    })),
  };
}

const ignorable = ["actions", "defaultActions", "conditions", "priority"];

/** What is there after a change: also what Pulumi only forgets, or fails to delete. */
function asItBecomes(former: Pick<Plan, "resources">, after: Plan): Pick<Plan, "resources"> {
  const given = new Set(after.resources.map(({ urn }) => urn));
  const left = former.resources.filter(({ urn, options }) => !given.has(urn) && (options.retainOnDelete || options.protect));
  return { resources: [...after.resources.map((each) => asItStays(each, former)), ...left] };
}

/** What a program says of arguments that it ignores changes of is not what becomes of them. */
function asItStays(resource: PlanResource, former: Pick<Plan, "resources">): PlanResource {
  const { ignoreChanges = [] } = resource.options;
  if (ignoreChanges.length === 0 || !/^aws:(lb|alb)\/listener(Rule)?:/.test(resource.type)) return resource;
  const before = former.resources.find(({ urn }) => urn === resource.urn);
  if (!before) return resource;
  const ignored = ignorable.filter((argument) => ignoreChanges.includes(argument) || ignoreChanges.includes("*"));
  const kept = Object.fromEntries(
    ignored.filter((argument) => argument in before.inputs).map((argument) => [argument, before.inputs[argument]]),
  );
  return { ...resource, inputs: { ...resource.inputs, ...kept } };
}

/** What says more comes first. */
const literal = ({ requests }: RequestChange) => requests.replace(/[*?]|everything else/g, "").length;

function wordsOf(change: Omit<RequestChange, keyof Words>, where: string, isOnePort: boolean): Words {
  const { requests, except, from, to, effect, port, protocol = "", caughtBy } = change;
  const isTcp = /^(TCP|UDP|TLS|TCP_UDP|QUIC)/.test(protocol);
  const what = isTcp ? `${protocol} on port ${port}` : isOnePort ? requests : `${requests} on port ${port}`;
  const subject = `${what}${where}${except.length > 0 ? ` except ${except.join(", ")}` : ""}`;
  const owners = change.takenFromOwner ? [from, to].map(({ owners: own }) => ` (team ${own.join(", ")})`) : ["", ""];
  const note = effect === "renamed" ? ", its new name" : caughtBy !== undefined ? `, caught by ${caughtBy}` : "";
  const outcome = `${from.text}${owners[0]} → ${to.text}${owners[1]}${note}`;
  return { subject, outcome, text: `${subject}: ${outcome}` };
}
