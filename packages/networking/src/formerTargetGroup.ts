import type { ArgumentErrors } from "@fairlead/foundation";

/** A target group of somebody else's, with the tasks that a service takes the place of. */
export interface FormerTargetGroup {
  /** Its ARN. It is of the same load balancer: AWS lets a target group have no other. */
  targetGroupArn: string;
  /** Percent of the service's requests that it still answers; 0 to 100. The service gets the rest. */
  percent: number;
}

/** Refuses what AWS would refuse, or what would move no request. */
export function checkFormerTargetGroups(groups: ReadonlyMap<string, FormerTargetGroup>, errors: ArgumentErrors): void {
  for (const [service, { targetGroupArn, percent }] of groups) {
    const path = `formerTargetGroups.${service}`;
    if (!targetGroupPattern.test(targetGroupArn))
      errors.refuse(`${path}.targetGroupArn`, `"${targetGroupArn}": expected the ARN of a target group`);
    if (!Number.isInteger(percent) || percent < 0 || percent > 100)
      errors.refuse(`${path}.percent`, `${percent}: expected a whole number from 0 to 100`);
  }
}

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html#awselasticloadbalancingv2-resources-for-iam-policies */
export const targetGroupPattern = /^arn:aws[\w-]*:elasticloadbalancing:[a-z0-9-]+:\d{12}:targetgroup\/[A-Za-z0-9-]{1,32}\/[0-9a-f]+$/;
