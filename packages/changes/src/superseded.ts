import type { PlanResource } from "@fairlead/plan";

import type { ChangeSet, ResourceChange } from "./model";

const isOpening = (type: string) => /^aws:vpc\/securityGroup(In|E)gressRule:/.test(type);

/**
 * Whether the same component gets another one in the place of a deleted one, before that goes: the opening of a security group for the same two sides, on
 * another port.
 */
export function isSuperseded(deleted: ResourceChange, { resources }: Pick<ChangeSet, "resources">): boolean {
  const { type, before } = deleted;
  if (!before || !isOpening(type)) return false;
  return resources.some(
    ({ operation, after }) =>
      operation === "create" && after?.type === type && after.parent === before.parent && opensForTheSame(before, after),
  );
}

function opensForTheSame(before: PlanResource, after: PlanResource): boolean {
  const sides = ({ inputs }: PlanResource) =>
    JSON.stringify(Object.entries({ ...inputs, fromPort: 0, toPort: 0 }).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sides(before) === sides(after);
}
