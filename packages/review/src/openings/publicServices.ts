import { readLoadBalancers, type ChangeSet, type LoadBalancer, type Outcome } from "@fairlead/changes";
import type { Plan, PlanResource } from "@fairlead/plan";

import type { Danger } from "../danger";

interface Door {
  loadBalancer: LoadBalancer;
  /** URNs of the rule, or of the load balancer for a default action. */
  urn: string;
}

/** What was there, and is behind a load balancer of the internet from then on. */
export function publicServices({ before, after }: ChangeSet): Danger[] {
  const [old, now] = [readLoadBalancers(before), readLoadBalancers(after)];
  const wasPublic = doorsOf(old.filter(({ internal }) => !internal));
  const wasInternal = doorsOf(old.filter(({ internal }) => internal));
  const wereThere = namesIn(before.resources);
  const isPublicBefore = new Set(old.filter(({ internal }) => !internal).map(({ key }) => key));
  return [...doorsOf(now.filter(({ internal }) => !internal))].flatMap(([who, doors]) => {
    if (wasPublic.has(who) || !wereThere.has(who)) return [];
    const isOpened = wasInternal.has(who) && doors.some(({ loadBalancer }) => !isPublicBefore.has(loadBalancer.key));
    const text = isOpened
      ? "It answered inside the network alone until now; whoever is on the internet may ask it from then on."
      : "Nobody outside had a way to it until now: whether it is made for requests from the internet only its owners know.";
    const title = `lets the internet reach ${who}`;
    return [
      { severity: isOpened ? "opened" : "lessProtected", title, forcedBy: [], text, urns: [...new Set(doors.map(({ urn }) => urn))] },
    ];
  });
}

/** Who answers behind load balancers, and by which doors. What testers of a deployment ask is nobody's request. */
function doorsOf(loadBalancers: readonly LoadBalancer[]): Map<string, Door[]> {
  const doors = new Map<string, Door[]>();
  const add = (outcome: Outcome, door: Door) => {
    for (const { name } of outcome.kind === "forward" ? outcome.targets : []) doors.set(name, [...(doors.get(name) ?? []), door]);
  };
  for (const loadBalancer of loadBalancers) {
    for (const { defaultOutcome, rules } of loadBalancer.listeners) {
      add(defaultOutcome, { loadBalancer, urn: loadBalancer.key });
      for (const { outcome, urn, isTest } of rules) if (!isTest) add(outcome, { loadBalancer, urn });
    }
  }
  return doors;
}

const answers = /^(fairlead:stacks:Service|aws:ecs\/service:Service|aws:a?lb\/targetGroup:TargetGroup)$/;

/** What may answer, by the names under which it does. */
function namesIn(resources: Plan["resources"]): Set<string> {
  const namesOf = ({ name, inputs }: PlanResource) => (typeof inputs.name === "string" ? [name, inputs.name] : [name]);
  return new Set(resources.filter(({ type }) => answers.test(type)).flatMap(namesOf));
}
