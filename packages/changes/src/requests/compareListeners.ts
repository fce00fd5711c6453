import { answeredBy, type Answered } from "./answered";
import { ask, askFollowing, type Meets } from "./ask";
import { meets } from "./matching";
import type { Answer, Condition, LoadBalancer, Request, Rule } from "./model";
import type { Others, RequestClasses } from "./requestClasses";
import type { RequestEffect } from "./requestChange";
import type { Route, RouteLabels } from "./routeLabels";
import { signatureOf } from "./signature";

/** A representative request that is answered otherwise than before, or not. */
export interface Compared {
  host: number;
  path: number;
  others: number;
  request: Request;
  routes: { before: Route; after: Route };
  from: Answered;
  to: Answered;
  /** Undefined where nothing changes. */
  effect: RequestEffect | undefined;
}

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
  return compared;
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
  const inTheEnd = (answer: Answer, side: LoadBalancer | undefined) =>
    answeredBy(answer.kind === "redirect" ? askFollowing(side!, request, meetsCondition) : answer);
  const [before, after] = [asked(near.before), asked(near.after)];
  const routes = { before: labels.routeOf(before, request, others), after: labels.routeOf(after, request, others) };
  const from = inTheEnd(before, sides.before);
  if (signatureOf(before) === signatureOf(after)) return { routes, from, to: from, effect: undefined };
  const to = inTheEnd(after, sides.after);
  const effect = effectOf(from, to, sides.renamed);
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

function effectOf(from: Answered, to: Answered, renamed: ReadonlyMap<string, string>): RequestEffect | undefined {
  if (from.kind === "unknown" || to.kind === "unknown") return "unknown";
  if (from.kind === "nobody" && to.kind === "nobody") return from.text === to.text ? undefined : "otherwise";
  if (to.kind === "nobody") return "unanswered";
  if (from.kind === "nobody") return "answered";
  // The two answers differ, and who gives them in the end does not.
  if (from.text === to.text || to.kind === "redirect") return "redirected";
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
