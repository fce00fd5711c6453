import { madeByOurs, type ChangeSet } from "@fairlead/changes";
import type { PlanResource } from "@fairlead/plan";

import type { Meaning } from "../arguments/judge";
import { Standing } from "../standing";

/** What stands around a new resource. */
export interface Around {
  standing: Standing;
  /** What there was, under the URNs of after. */
  before: readonly PlanResource[];
  /** What of it is there after the change as well, as it was. */
  staying: readonly PlanResource[];
  after: readonly PlanResource[];
  /** Whether a component of ours makes it. */
  isOurs: (urn: string) => boolean;
}

/** Says what a new resource means for those who use what stands; undefined where nobody would notice. */
export type CreationJudge = (created: PlanResource, around: Around) => Meaning | undefined;

export function aroundOf(changes: ChangeSet): Around {
  const { resources } = changes;
  const before = resources.flatMap((change) => (change.before ? [{ change, resource: { ...change.before, urn: change.urn } }] : []));
  return {
    standing: new Standing(changes),
    before: before.map(({ resource }) => resource),
    staying: before.flatMap(({ change, resource }) => (change.after ? [resource] : [])),
    after: resources.flatMap(({ after }) => after ?? []),
    isOurs: madeByOurs(changes.after.resources),
  };
}
