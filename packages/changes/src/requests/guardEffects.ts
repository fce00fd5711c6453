import { addressRange, isEverybody } from "../addresses";
import type { Answer, Condition, Guard, Rule } from "./model";
import type { Compared, RequestEffect } from "./requestChange";
import type { RouteLabels } from "./routeLabels";

type Renamed = ReadonlyMap<string, string>;

/** What becomes of the guards in front of those who answer before and after; undefined where none of them is the same, or nothing does. */
export function guardEffect(before: Answer, after: Answer, renamed: Renamed): RequestEffect | undefined {
  if (before.kind !== "forward" || after.kind !== "forward") return undefined;
  const were = new Set(before.targets.map(({ name }) => name));
  if (!after.targets.some(({ name }) => were.has(renamed.get(name) ?? name))) return undefined;
  const [old, now] = [before.guards ?? [], after.guards ?? []];
  if (old.some(({ text }) => !now.some((guard) => guard.text === text))) return "unguarded";
  const details = (guards: readonly Guard[]) => guards.map(({ text, detail }) => `${text} ${detail}`).join();
  return details(old) === details(now) ? undefined : "guarded";
}

/**
 * Whether what differs is what the conditions of a rule ask of a client: its address, or a header that it has to know. Others who ask for the same host and
 * path show it: they are answered by the same one.
 *
 * @param alike requests for the same host and path
 */
export function conditionEffect(
  one: Compared,
  alike: readonly Compared[],
  labels: RouteLabels,
  renamed: Renamed,
): RequestEffect | undefined {
  const { effect } = one;
  if (effect !== "answered" && effect !== "moved" && effect !== "unanswered") return undefined;
  return (effect === "unanswered" ? undefined : letIn(one, alike, labels, renamed)) ?? keptOut(one, alike, renamed);
}

function letIn(one: Compared, alike: readonly Compared[], labels: RouteLabels, renamed: Renamed): RequestEffect | undefined {
  if (isRefusal(one, labels)) return "unguarded";
  const { to, routes } = one;
  const names = to.services.map((name) => renamed.get(name) ?? name);
  const guarded = alike.find(
    ({ from, routes: { before } }) =>
      before.rule !== routes.before.rule &&
      guardsIn(before.rule).length > 0 &&
      from.services.some((name) => names.includes(name)) &&
      isFromWider(one, before, labels),
  );
  if (!guarded) return undefined;
  const left = guardsIn(routes.after.rule);
  return guardsIn(guarded.routes.before.rule).every((guard) => left.includes(guard)) ? "guarded" : "unguarded";
}

function keptOut({ from, to, routes }: Compared, alike: readonly Compared[], renamed: Renamed): RequestEffect | undefined {
  if (to.kind !== "service" && to.kind !== "nobody") return undefined;
  const own = guardsIn(routes.before.rule);
  const isGuarded = alike.some(
    ({ to: other, routes: { after } }) =>
      after.rule !== routes.after.rule &&
      guardsIn(after.rule).some((guard) => !own.includes(guard)) &&
      other.services.some((name) => from.services.includes(renamed.get(name) ?? name)),
  );
  return isGuarded ? "guarded" : undefined;
}

/** Whether the requests came by a wider route than the one that asks, or by none: what has a route of its own as wide is led by the header, not kept out. */
function isFromWider({ from, routes }: Compared, guarded: Compared["routes"]["before"], labels: RouteLabels): boolean {
  if (from.kind === "nobody" || !routes.before.rule) return true;
  return (
    labels.isWider("paths", routes.before.path, guarded.path) ||
    labels.isWider("hosts", routes.before.host, guarded.host) ||
    guardsIn(routes.before.rule).length > 0
  );
}

/** A rule of its own that refused: nobody writes one that answers what no rule is for. */
function isRefusal({ from, to, routes: { before, after } }: Compared, labels: RouteLabels): boolean {
  const outcome = before.rule?.outcome;
  if (from.kind !== "nobody" || to.kind !== "service" || outcome?.kind !== "fixedResponse") return false;
  const isOfAll = (before.path === undefined || before.path === "/*") && before.host === undefined && before.others.length === 0;
  if (isOfAll) return false;
  if (outcome.statusCode === 401 || outcome.statusCode === 403) return true;
  const isCaught = labels.isWider("paths", after.path, before.path) || labels.isWider("hosts", after.host, before.host);
  return outcome.statusCode === 404 && isCaught;
}

/** What a client has to have that a rule answers: not every header, and not every address. */
export function guardsIn(rule: Rule | undefined): string[] {
  return (rule?.conditions ?? []).flatMap((condition) => guardIn(condition) ?? []);
}

function guardIn(condition: Condition): string | undefined {
  if (condition.field === "http-header")
    return condition.values.some((value) => /^[*?]*$/.test(value)) ? undefined : `header ${condition.name.toLowerCase()}`;
  if (condition.field !== "source-ip") return undefined;
  return isEverybody(condition.values.flatMap((value) => addressRange(value) ?? [])) ? undefined : "address";
}
