import { servicesIn, type ChangeSet, type ServiceChange, type ServiceParts } from "@fairlead/changes";

import type { Danger } from "../danger";

/** A service on both sides. */
export interface Pair {
  name: string;
  change: ServiceChange;
  before: ServiceParts;
  after: ServiceParts;
}

/** What the facts of a change are read from. */
export interface Sides {
  changes: ChangeSet;
  before: ReadonlyMap<string, ServiceParts>;
  after: ReadonlyMap<string, ServiceParts>;
  /** Services that change and stay. */
  pairs: Pair[];
  /** Services that go, and those that have another name. */
  gone: ServiceChange[];
  /** Name of the service that a resource belongs to, else of the resource. */
  ownerOf: (urn: string) => string;
  /** Whether a danger says what becomes of a resource. */
  isTold: (urn: string) => boolean;
}

/** Reads both plans once. */
export function sidesOf(changes: ChangeSet, services: readonly ServiceChange[], dangers: readonly Danger[]): Sides {
  const [before, after] = [servicesIn(changes.before), servicesIn(changes.after)];
  const owners = new Map(
    [before, after].flatMap((side) =>
      [...side].flatMap(([name, { urn, resources }]) => [urn, ...resources.map((own) => own.urn)].map((each) => [each, name] as const)),
    ),
  );
  const told = new Set(dangers.flatMap(({ urns }) => urns));
  const gone = services.filter(({ operation }) => operation === "delete" || operation === "rename");
  const goneNames = new Set(gone.map(({ service, formerName }) => formerName ?? service));
  return {
    changes,
    before,
    after,
    pairs: services.flatMap((change) => {
      const [was, is] = [before.get(change.service), after.get(change.service)];
      return was && is ? [{ name: change.service, change, before: was, after: is }] : [];
    }),
    gone,
    ownerOf: (urn) => owners.get(urn) ?? urn.split("::").at(-1)!,
    isTold: (urn) => told.has(urn) || goneNames.has(owners.get(urn) ?? ""),
  };
}
