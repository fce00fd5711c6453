import type { NamedThing } from "../found/namedThings";
import type { Unfit } from "../found/databases";
import type { Thing, ThingKind } from "../found/thing";

/** Things of a kind that nothing is proposed for, and why. */
export interface Others {
  /** `clusters`, `databases`. */
  what: string;
  ids: string[];
  /** A sentence. */
  why: string;
}

/** Kinds that a composition has no reference to, and what becomes of them instead. */
const made: Partial<Record<ThingKind, { what: string; why: string }>> = {
  cluster: {
    what: "clusters",
    why: "An environment makes its own, which costs nothing by itself: ECS moves no service from one to another. One of the plan's very name is imported.",
  },
  repository: {
    what: "repositories",
    why: "A service has one of its own name, which it pushes to. One of that very name is imported with its images; an image that others build is named by image: of the manifest.",
  },
  logGroup: {
    what: "log groups",
    why: "Logs of services are written to groups of their own names. Old lines stay where they are, for as long as that group keeps them.",
  },
};

/**
 * What was found and is not proposed.
 *
 * @param taken what is imported by its very name
 */
export function othersOf(things: readonly Thing[], taken: readonly NamedThing[], unfit: readonly Unfit[]): Others[] {
  const names = new Set(taken.map(({ name }) => name));
  const ofKinds = Object.entries(made).flatMap(([kind, { what, why }]) => {
    const ids = things.filter((thing) => thing.kind === kind && !names.has(thing.id)).map(({ id }) => id);
    return ids.length > 0 ? [{ what, ids, why }] : [];
  });
  const reasons = new Map<string, string[]>();
  for (const { thing, why } of unfit) reasons.set(why, [...(reasons.get(why) ?? []), thing.id]);
  return [...ofKinds, ...[...reasons].map(([why, ids]) => ({ what: "databases", ids, why: `${why[0]!.toUpperCase()}${why.slice(1)}.` }))];
}
