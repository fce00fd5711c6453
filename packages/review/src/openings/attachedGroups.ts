import { isMap } from "@fairlead/model";
import { referencesIn, type PlanResource } from "@fairlead/plan";

/** The arguments by which resources name the security groups that decide who reaches them. */
const ofResource = ["vpcSecurityGroupIds", "securityGroups", "securityGroupIds"];

/** The security groups of a resource, by their URNs or ids. */
export function groupsIn({ inputs }: PlanResource): string[] {
  const { networkConfiguration, vpcConfig } = inputs;
  const nested = [networkConfiguration, vpcConfig].flatMap((each) => (isMap(each) ? [each.securityGroups, each.securityGroupIds] : []));
  return [...ofResource.map((argument) => inputs[argument]), ...nested].flatMap((list) =>
    Array.isArray(list) ? list.map((each) => referencesIn(each)[0]?.urn ?? String(each)) : [],
  );
}
