import {
  guardsIn,
  readDistributions,
  readLoadBalancers,
  type ChangeSet,
  type LoadBalancer,
  type Outcome,
  type Rule,
} from "@fairlead/changes";
import type { Plan } from "@fairlead/plan";

import type { Danger } from "../danger";
import type { JudgedRequests } from "../requests";

/** A way by which requests reach whoever answers them. */
interface Door {
  urn: string;
  /** Told apart from others of its load balancer. */
  key: string;
  /** What a client has to show there. */
  guards: readonly string[];
}

const encryption = "encryption";

/**
 * New ways to those who answered only whoever had shown something: a sign-in, a header, an address. What a change of a way that was there lets in is told by its
 * requests.
 */
export function unguardedDoors({ before, after }: ChangeSet, requests: readonly JudgedRequests[]): Danger[] {
  const [old, now] = [doorsOf(before), doorsOf(after)];
  const isTold = (who: string) => requests.some(({ effect, to }) => effect === "unguarded" && to.services.includes(who));
  return [...now].flatMap(([who, doors]): Danger[] => {
    const were = old.get(who) ?? [];
    const [first, ...rest] = were;
    const required = first?.guards.filter((guard) => rest.every(({ guards }) => guards.includes(guard))) ?? [];
    const known = new Set(were.map(({ key }) => key));
    const open = doors.filter(({ key, guards }) => !known.has(key) && required.some((guard) => !guards.includes(guard)));
    if (open.length === 0 || isTold(who)) return [];
    const missing = required.filter((guard) => open.some(({ guards }) => !guards.includes(guard)));
    const isUnencrypted = missing.every((guard) => guard === encryption);
    const text = isUnencrypted
      ? "Until now every way to it was encrypted: what is asked and answered by the new one whoever is between can read."
      : "Until now every way to it asked for that: whoever comes by the new one is let in without.";
    const title = `lets requests reach ${who} without ${missing.join(" and ")}`;
    return [
      { severity: isUnencrypted ? "lessProtected" : "opened", title, forcedBy: [], text, urns: [...new Set(open.map(({ urn }) => urn))] },
    ];
  });
}

/** By who answers behind them. What testers of a deployment ask is nobody's request. */
function doorsOf(plan: Pick<Plan, "resources">): Map<string, Door[]> {
  const doors = new Map<string, Door[]>();
  const add = (outcome: Outcome, door: Door, rule?: Rule) => {
    if (outcome.kind !== "forward") return;
    const guards = [...(outcome.guards ?? []).map(({ text }) => text), ...guardsIn(rule), ...door.guards];
    for (const { name } of outcome.targets) doors.set(name, [...(doors.get(name) ?? []), { ...door, guards }]);
  };
  const all: LoadBalancer[] = [...readLoadBalancers(plan), ...readDistributions(plan)];
  for (const { key, listeners, isDistribution, internal } of all) {
    for (const { port, protocol, asksForCertificate, defaultOutcome, rules } of listeners) {
      // Inside the network whoever listens is there already.
      const guards = [
        ...(internal || protocol === "HTTPS" || protocol === "TLS" ? [encryption] : []),
        ...(asksForCertificate ? ["a client's certificate"] : []),
      ];
      add(defaultOutcome, { urn: key, key: `${key} ${port}`, guards });
      for (const rule of rules) if (!rule.isTest) add(rule.outcome, { urn: isDistribution ? key : rule.urn, key: rule.urn, guards }, rule);
    }
  }
  return doors;
}
