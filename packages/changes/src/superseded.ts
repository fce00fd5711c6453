import { canonical } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import { madeByOurs } from "./components";
import { connectionsOfSides, uncovered } from "./connections";
import { groupBy } from "./groupBy";
import type { ChangeSet, ResourceChange } from "./model";

const isOpening = (type: string) => /^aws:(vpc\/securityGroup(In|E)gressRule|ec2\/securityGroupRule):/.test(type);

/**
 * Tells whether something else does what a deleted opening of a security group did: other rules let through all of it, or a component of ours gets another one for
 * the same two sides, on the port that it has from then on.
 */
export function supersededOpenings({
  resources,
  before: old,
}: Pick<ChangeSet, "resources" | "before">): (deleted: ResourceChange) => boolean {
  const openings = resources.filter(({ type }) => isOpening(type));
  if (!openings.some(({ operation }) => operation === "delete")) return () => false;
  const formerUrn = new Map(resources.flatMap(({ urn, before: was }) => (was ? [[urn, was.urn] as const] : [])));
  const sides = connectionsOfSides(resources);
  const before = groupBy(sides.before, ({ urn }) => formerUrn.get(urn));
  const isOurs = madeByOurs(old.resources);
  return ({ type, before: was }) => {
    if (!was || !isOpening(type)) return false;
    const own = before.get(was.urn) ?? [];
    if (own.length > 0 && uncovered(own, sides.after).length === 0) return true;
    return isOurs(was.urn) && openings.some((other) => isInPlaceOf(other, was));
  };
}

function isInPlaceOf({ operation, after }: ResourceChange, before: PlanResource): boolean {
  return operation === "create" && after?.type === before.type && after.parent === before.parent && opensForTheSame(before, after);
}

function opensForTheSame(before: PlanResource, after: PlanResource): boolean {
  const sides = ({ inputs }: PlanResource) => canonical({ ...inputs, fromPort: 0, toPort: 0 });
  return sides(before) === sides(after);
}
