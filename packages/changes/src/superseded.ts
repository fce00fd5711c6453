import { isMap } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import type { ChangeSet, ResourceChange } from "./model";

const isOpening = (type: string) => /^aws:vpc\/securityGroup(In|E)gressRule:/.test(type);

/**
 * Whether the same component gets another one in the place of a deleted one, before that goes: a listener rule for the same requests, or the opening of a
 * security group for the same two sides, on another port.
 */
export function isSuperseded(deleted: ResourceChange, { resources }: Pick<ChangeSet, "resources">): boolean {
  const { type, before } = deleted;
  const answersTheSame = type === "aws:lb/listenerRule:ListenerRule" ? takesOverRequests : isOpening(type) ? opensForTheSame : undefined;
  if (!before || !answersTheSame) return false;
  return resources.some(
    ({ operation, after }) =>
      operation === "create" && after?.type === type && after.parent === before.parent && answersTheSame(before, after),
  );
}

function opensForTheSame(before: PlanResource, after: PlanResource): boolean {
  const sides = ({ inputs }: PlanResource) =>
    JSON.stringify(Object.entries({ ...inputs, fromPort: 0, toPort: 0 }).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sides(before) === sides(after);
}

/** All of its paths, and whatever else it asks for. */
function takesOverRequests(before: PlanResource, after: PlanResource): boolean {
  const paths = pathsOf(after);
  return otherConditions(before) === otherConditions(after) && pathsOf(before).every((path) => paths.includes(path));
}

const conditionsOf = ({ inputs }: PlanResource) => (Array.isArray(inputs.conditions) ? inputs.conditions.filter(isMap) : []);
const pathsOf = (rule: PlanResource) =>
  conditionsOf(rule).flatMap(({ pathPattern }) => (isMap(pathPattern) && Array.isArray(pathPattern.values) ? pathPattern.values : []));
const otherConditions = (rule: PlanResource) =>
  JSON.stringify(
    conditionsOf(rule)
      .filter(({ pathPattern }) => !pathPattern)
      .map((condition) => JSON.stringify(condition))
      .sort(),
  );
