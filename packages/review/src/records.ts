import type { ChangeSet, ResourceChange } from "@fairlead/changes";
import { canonical } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import { plainName } from "./recordTargets";

const record = "aws:route53/record:Record";

/**
 * Tells whether a record that goes answered nobody: its weight is 0, and another one of the same name and type, which stays, has more.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-weighted.html
 */
export function sparedRecords({ resources }: Pick<ChangeSet, "resources">): (change: ResourceChange) => boolean {
  const answering = new Set(
    resources.flatMap(({ before, after }) => (before && after && hasWeight(before) && hasWeight(after) ? [keyOf(after)] : [])),
  );
  return ({ type, operation, before }) =>
    type === record && operation === "delete" && before !== undefined && weightOf(before) === 0 && answering.has(keyOf(before));
}

const keyOf = ({ type, inputs: { zoneId, name, type: kind } }: PlanResource) =>
  canonical([type, zoneId, typeof name === "string" ? plainName(name) : name, kind]);
const hasWeight = (resource: PlanResource) => resource.type === record && (weightOf(resource) ?? 0) > 0;

function weightOf({ inputs }: PlanResource): number | undefined {
  const [policy] = Array.isArray(inputs.weightedRoutingPolicies) ? (inputs.weightedRoutingPolicies as { weight?: unknown }[]) : [];
  return typeof policy?.weight === "number" ? policy.weight : undefined;
}
