import type { Answered } from "./answered";
import type { RequestClasses } from "./requestClasses";
import type { Compared, RequestChange } from "./requestChange";
import { textOfRoute, type Route, type RouteLabels } from "./routeLabels";

/** What one line says of a port. */
export type Grouped = Omit<RequestChange, "loadBalancer" | "internal" | "port" | "protocol" | "subject" | "outcome" | "text">;

interface Group {
  label: Route;
  members: Compared[];
}

/**
 * Requests that are one route's and go the same way, as one.
 *
 * @param named hosts that rules asked for before
 */
export function groupedChanges(
  compared: readonly Compared[],
  classes: RequestClasses,
  labels: RouteLabels,
  named: ReadonlySet<string>,
): Grouped[] {
  const groups = new Map<string, Group>();
  for (const one of compared) {
    if (one.effect === undefined) continue;
    // Of another way to the same one there is no more to say than that all go it.
    const label = isSameEnd(one) ? { others: [] } : labels.both(one.routes.before, one.routes.after);
    const key = JSON.stringify([
      label.host,
      label.path,
      label.others,
      one.effect,
      one.from.text,
      one.effect === "redirected" ? "" : one.to.text,
    ]);
    const group = groups.get(key) ?? { label, members: [] };
    group.members.push(one);
    groups.set(key, group);
  }
  const hasRules = classes.hostPatterns.length + classes.pathPatterns.length > 0;
  return [...groups.values()].map((group) => grouped(group, { compared, labels, named, hasRules }));
}

const isSameEnd = ({ effect, from, to }: Compared) =>
  effect === "redirected" && from.services.length > 0 && from.services.join() === to.services.join();

interface Whole {
  compared: readonly Compared[];
  labels: RouteLabels;
  named: ReadonlySet<string>;
  hasRules: boolean;
}

function grouped({ label, members }: Group, { compared, labels, named, hasRules }: Whole): Grouped {
  const [first] = members as [Compared];
  const { effect, request, routes } = first;
  const [from, to] = [ofAll(members.map((member) => member.from)), ofAll(members.map((member) => member.to))];
  const caughtBy = effect === "moved" || effect === "redirected" ? catcher(routes, label, labels, named) : undefined;
  const gone = from.owners.length > 0 && to.owners.some((owner) => !from.owners.includes(owner));
  return {
    requests: textOfRoute(label, hasRules),
    except: exceptions(label, members, compared, labels),
    example: { host: request.host, path: request.path },
    from,
    to,
    effect: effect!,
    ...(caughtBy !== undefined && { caughtBy }),
    takenFromOwner: effect === "moved" && gone,
  };
}

/** What is said in the same words of several services. */
function ofAll(answered: readonly Answered[]): Answered {
  const unique = (key: "services" | "owners") => [...new Set(answered.flatMap((each) => each[key]))];
  return { ...answered[0]!, services: unique("services"), owners: unique("owners") };
}

/** The wider route that the requests of a route go to. */
function catcher({ before, after }: Compared["routes"], label: Route, labels: RouteLabels, named: ReadonlySet<string>): string | undefined {
  if (!after.rule) return label.host !== undefined || label.path !== undefined ? "the default action" : undefined;
  // Whoever asks for more than the route did means these requests.
  if (after.others.some((each) => !before.others.includes(each))) return undefined;
  // A rule for a name that had none of its own says whose all of its requests are.
  if (after.host !== undefined && !named.has(after.host) && labels.isWider("hosts", before.host, after.host)) return undefined;
  const isWider = labels.isWider("paths", after.path, label.path) || labels.isWider("hosts", after.host, label.host);
  return isWider ? textOfRoute({ ...after, others: [] }, false) : undefined;
}

/**
 * Narrower routes whose requests stay where they were: of those that came by the same route before. What another rule had taken from the route already needs no
 * word.
 */
function exceptions(label: Route, members: readonly Compared[], compared: readonly Compared[], labels: RouteLabels): string[] {
  const own = new Set(members);
  const others = new Set(members.map((member) => member.others));
  const hosts = labels.coverage("hosts", label.host);
  const paths = labels.coverage("paths", label.path);
  const ways = new Set(members.map(wayOf));
  const stay = compared.filter(
    (one) =>
      !own.has(one) &&
      one.effect === undefined &&
      others.has(one.others) &&
      (hosts?.has(one.host) ?? true) &&
      (paths?.has(one.path) ?? true) &&
      ways.has(wayOf(one)),
  );
  const isIn = ({ host, path }: Route) => {
    const [ofHost, ofPath] = [labels.coverage("hosts", host), labels.coverage("paths", path)];
    return (one: Compared) => (ofHost?.has(one.host) ?? true) && (ofPath?.has(one.path) ?? true);
  };
  let left = stay;
  const found: string[] = [];
  for (const { routes } of stay) {
    const holds = isIn(routes.after);
    if (!left.some(holds) || members.some(holds)) continue;
    found.push(textOfRoute({ ...routes.after, others: [] }, false));
    left = left.filter((one) => !holds(one));
  }
  return left.length === 0 ? found : [...found, "others"];
}

/** By which rule, and to whom, requests came before. */
const wayOf = ({ routes: { before }, from }: Compared) => JSON.stringify([before.rule?.urn, before.host, before.path, from.text]);
