import { groupBy } from "../groupBy";
import { answeredBy, type Answered } from "./answered";
import { ask, askFollowing, type Meets } from "./ask";
import { meets } from "./matching";
import type { Answer, Condition, LoadBalancer, Request, Rule } from "./model";
import type { Others, RequestClasses } from "./requestClasses";
import { conditionEffect, guardEffect } from "./guardEffects";
import type { Compared, RequestEffect } from "./requestChange";
import type { RouteLabels } from "./routeLabels";
import { signatureOf } from "./signature";

/** Both sides of one load balancer; it may be gone. */
export interface Sides {
  before: LoadBalancer;
  after: LoadBalancer | undefined;
  /** New name of a service → its former one. */
  renamed: ReadonlyMap<string, string>;
}

/** Asks each representative request on one port, before and after. */
export function compareListeners(sides: Sides, port: number | undefined, classes: RequestClasses, labels: RouteLabels): Compared[] {
  const compared: Compared[] = [];
  for (const [path, { example }] of classes.paths.entries()) {
    const ofPath = narrowed(sides, "path-pattern", { port, host: "", path: example });
    for (const [host, { example: hostName }] of classes.hosts.entries()) {
      const ofHost = narrowed(ofPath, "host-header", { port, host: hostName, path: example });
      for (const [others, other] of classes.others.entries()) {
        const request: Request = { port, host: hostName, path: example, ...other.request };
        const one = compareOne(sides, ofHost, request, other, labels);
        if (hangsOn(oneSidedIn(classes, other), sides, request, other, labels, one.effect)) one.effect = "unknown";
        compared.push({ host, path, others, request, ...one });
      }
    }
  }
  return withGuardEffects(compared, labels, sides.renamed);
}

/** What the conditions of a rule ask is seen in what is answered to others who ask for the same host and path. */
function withGuardEffects(compared: readonly Compared[], labels: RouteLabels, renamed: Sides["renamed"]): Compared[] {
  const alike = groupBy(compared, ({ host, path }) => `${host} ${path}`);
  return compared.map((one) => {
    const effect = conditionEffect(one, alike.get(`${one.host} ${one.path}`)!, labels, renamed);
    return effect ? { ...one, effect } : one;
  });
}

/** Without the rules on one port that a request can't fit by its path, or its host: of hundreds few are left to ask. */
function narrowed(sides: Sides, field: Condition["field"], request: Request): Sides {
  const meetsCondition = remembered({ request: {}, assumed: {} });
  const mayFit = ({ conditions }: Rule) =>
    conditions.every((condition) => condition.field !== field || condition.unreadable.length > 0 || meetsCondition(condition, request));
  const side = ({ listeners, ...rest }: LoadBalancer): LoadBalancer => ({
    ...rest,
    listeners: listeners
      .filter(({ port }) => port === request.port)
      .map((listener) => ({ ...listener, rules: listener.rules.filter(mayFit) })),
  });
  return { ...sides, before: side(sides.before), after: sides.after && side(sides.after) };
}

/** Values that nobody can compare, and that one side alone has. */
function oneSidedIn({ unreadable: { before, after } }: RequestClasses, { assumed }: Others): string[] {
  return Object.keys(assumed).filter((each) => before.has(each) !== after.has(each));
}

type One = Pick<Compared, "routes" | "from" | "to" | "effect">;

/** @param near the sides as far as they can decide */
function compareOne(sides: Sides, near: Sides, request: Request, others: Others, labels: RouteLabels): One {
  const meetsCondition = remembered(others);
  const asked = (side: LoadBalancer | undefined): Answer => (side ? ask(side, request, meetsCondition) : { kind: "refused" });
  const inTheEnd = (answer: Answer, side: LoadBalancer | undefined): Answer =>
    answer.kind === "redirect" ? askFollowing(side!, request, meetsCondition) : answer;
  const [before, after] = [asked(near.before), asked(near.after)];
  const routes = { before: labels.routeOf(before, request, others), after: labels.routeOf(after, request, others) };
  const first = inTheEnd(before, sides.before);
  const from = answeredBy(first);
  if (signatureOf(before) === signatureOf(after)) return { routes, from, to: from, effect: undefined };
  const last = inTheEnd(after, sides.after);
  const to = answeredBy(last);
  const effect =
    leftEffect(first, last) ?? guardEffect(first, last, sides.renamed) ?? effectOf(from, to, sides.renamed, isElsewhere(last, request));
  const isSameEnd = effect === "redirected" && from.text === to.text;
  return isSameEnd ? { routes, from: directly(before, from), to: directly(after, to), effect } : { routes, from, to, effect };
}

/** A condition asks for one part of a request, so it is the same with whatever else. */
const known = new WeakMap<Condition, Map<unknown, boolean | undefined>>();

function remembered(others: Others): Meets {
  return (condition, request) => {
    const answers = known.get(condition) ?? new Map<unknown, boolean | undefined>();
    known.set(condition, answers);
    const { field, unreadable } = condition;
    const part =
      unreadable.length > 0 ? undefined : field === "host-header" ? request.host : field === "path-pattern" ? request.path : others;
    if (part !== undefined && answers.has(part)) return answers.get(part);
    const answer = meets(condition, request, (text) => others.assumed[text]);
    if (part !== undefined) answers.set(part, answer);
    return answer;
  };
}

/** Who answers at first, where who does in the end is the same as before. */
function directly(answer: Answer, end: Answered): Answered {
  return answer.kind === "redirect"
    ? { ...answeredBy(answer), services: end.services, owners: end.owners }
    : { ...end, text: "answered directly" };
}

/** Whether those who registered in its target groups have left them, and nobody came. */
function leftEffect(before: Answer, after: Answer): RequestEffect | undefined {
  if (before.kind !== "forward" || after.kind !== "forward" || after.targets.length === 0) return undefined;
  const registered = new Set(before.targets.filter(({ kind }) => kind === "service").map(({ targetGroup }) => targetGroup));
  return after.targets.every(({ kind, targetGroup }) => kind === "target group" && registered.has(targetGroup)) ? "unanswered" : undefined;
}

/** Whether it leads to another host. */
function isElsewhere(answer: Answer, { host }: Request): boolean {
  return answer.kind === "redirect" && /^\w+:\/\/([^/:]+)/.exec(answer.location)?.[1] !== host.replace(/:\d+$/, "");
}

function effectOf(from: Answered, to: Answered, renamed: ReadonlyMap<string, string>, isMovedAway: boolean): RequestEffect | undefined {
  if (from.kind === "unknown" || to.kind === "unknown") return "unknown";
  if (from.kind === "nobody" && to.kind === "nobody") return from.text === to.text ? undefined : "otherwise";
  if (to.kind === "nobody") return "unanswered";
  if (from.kind === "nobody") return "answered";
  // The two answers differ, and who gives them in the end does not.
  if (from.text === to.text || (to.kind === "redirect" && !isMovedAway)) return "redirected";
  const isRenamed = to.services.length > 0 && to.services.map((name) => renamed.get(name) ?? name).join() === from.services.join();
  return isRenamed ? "renamed" : "moved";
}

/** Whether a value that only one side has, and that nobody can compare, decides it: it may be what the other side says in other words. */
function hangsOn(
  oneSided: string[],
  sides: Sides,
  request: Request,
  others: Others,
  labels: RouteLabels,
  effect: RequestEffect | undefined,
): boolean {
  if (effect === undefined || effect === "unknown") return false;
  return oneSided.some((text) => {
    const flipped = { ...others, assumed: { ...others.assumed, [text]: !others.assumed[text] } };
    return compareOne(sides, sides, request, flipped, labels).effect !== effect;
  });
}
