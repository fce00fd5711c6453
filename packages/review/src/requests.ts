import { firstFew } from "@fairlead/model";
import { fits, groupBy, requestChanges, servicesIn, type ChangeSet, type RequestChange, type Severity } from "@fairlead/changes";

import type { Danger } from "./danger";

const listenerRule = "aws:lb/listenerRule:ListenerRule";

/** Requests that another one answers than before, and how grave that is. */
export interface JudgedRequests extends RequestChange {
  severity: Severity;
}

/** Who answers other requests than before, or whom nobody answers any more. */
export function judgedRequests(changes: ChangeSet): JudgedRequests[] {
  return requestChanges(changes.before, changes.after).map((change) => ({ ...change, severity: severityOf(change, changes) }));
}

/** Those of them that must be read first. */
export function requestDangers(requests: readonly JudgedRequests[], changes: ChangeSet): Danger[] {
  return alike(requests.filter(({ severity }) => severity !== "routine")).map((group): Danger => {
    const urns = [...new Set(group.flatMap((change) => urnsOf(change, changes)))];
    return { severity: group[0]!.severity, title: requestsText(group), forcedBy: [], text: textOf(group[0]!), urns };
  });
}

/** Those of which the same is to be said. */
export function alike(requests: readonly JudgedRequests[]): JudgedRequests[][] {
  return [...groupBy(requests, ({ severity, outcome }) => `${severity} ${outcome}`).values()];
}

const mostSubjects = 5;

/** `/search, /find: web → search` */
export function requestsText(requests: readonly JudgedRequests[]): string {
  return `${firstFew([...new Set(requests.map(({ subject }) => subject))], mostSubjects)}: ${requests[0]!.outcome}`;
}

function textOf({ effect, caughtBy, takenFromOwner, to }: RequestChange): string {
  if (effect === "unanswered") return "Whoever asks for it gets an error.";
  if (effect === "unguarded")
    return "Whoever asks for it is let in without what had to be shown until now: a sign-in, a secret, or an address.";
  if (effect === "guarded")
    return "Who may ask for it is decided otherwise than before: clients that got an answer may be refused, others let in.";
  if (effect === "redirected") return "Clients that follow no redirect are not answered as before.";
  if (effect !== "moved") return "";
  if (to.kind === "redirect") return "Whoever asks for it is sent to another host.";
  if (to.kind === "loadBalancer") return "Whoever asks for it gets one text, whatever they ask.";
  if (caughtBy !== undefined) return "No route says so: a wider one takes what nobody else does.";
  return takenFromOwner ? "It was another owner's route: have them agree." : "Whoever asks for it is answered by another program.";
}

function severityOf(change: RequestChange, changes: ChangeSet): Severity {
  switch (change.effect) {
    case "unanswered":
      return "unreachable";
    case "unguarded":
      return "opened";
    case "unknown":
      return "unknown";
    case "moved":
      if (change.caughtBy !== undefined) return "unreachable";
      if (change.takenFromOwner) return "interruption";
      return change.to.kind === "service" && isFromTheRest(change, changes) ? "routine" : "interruption";
    case "guarded":
    case "redirected":
      return "interruption";
    default:
      return "routine";
  }
}

const known = new WeakMap<ChangeSet["resources"], ReadonlySet<string>>();

/** What the change does something to, asked once for all requests. */
function changedUrns(resources: ChangeSet["resources"]): ReadonlySet<string> {
  const found = known.get(resources) ?? new Set(resources.filter(({ operation }) => operation !== "same").map(({ urn }) => urn));
  known.set(resources, found);
  return found;
}

/** Whether a route takes them from one that is for all that nobody else is for, and whose own rules stay as they are. */
function isFromTheRest({ from, example }: RequestChange, { before, after, resources }: ChangeSet): boolean {
  const [old, now] = [servicesIn(before), servicesIn(after)];
  const changed = changedUrns(resources);
  return from.services.every((service) => {
    const { spec, resources: own = [] } = old.get(service) ?? {};
    const routes = ((spec as { routes?: { path: string }[] } | undefined)?.routes ?? []).filter(({ path }) => fits(path, example.path));
    const rules = own.filter(({ type, urn }) => type === listenerRule && (changed.has(urn) || !now.has(service)));
    return routes.length > 0 && routes.every(({ path }) => path === "/*") && rules.length === 0;
  });
}

/** The rules that led there, and that lead there now. */
function urnsOf({ from, to }: RequestChange, { before, after, resources }: ChangeSet): string[] {
  const urns = [
    ...from.services.flatMap((service) => servicesIn(before).get(service)?.resources ?? []),
    ...to.services.flatMap((service) => servicesIn(after).get(service)?.resources ?? []),
  ].flatMap(({ urn, type }) => (type === listenerRule ? [urn] : []));
  const changed = changedUrns(resources);
  return [...new Set(urns)].filter((urn) => changed.has(urn));
}
