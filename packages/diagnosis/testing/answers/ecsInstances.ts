import type * as ecs from "@aws-sdk/client-ecs";

import { page } from "../answer";
import { Refusal } from "../protocols";
import type { AnsweringAccount } from "../account";
import { clusterOf } from "./clusterOf";

/** The instances of a cluster that is on EC2. */
export const instancesAnswers = {
  ListContainerInstances(input: ecs.ListContainerInstancesRequest, account: AnsweringAccount): ecs.ListContainerInstancesResponse {
    const { clusterArn } = clusterOf(account, input.cluster);
    const arns = account.state.containerInstances
      .filter((each) => each.clusterArn === clusterArn)
      .filter(({ status }) => input.status === undefined || input.status === status)
      .map(({ containerInstanceArn }) => containerInstanceArn!);
    const { items, next } = page(arns, input.nextToken, account.pageSize(Math.min(input.maxResults ?? 100, 100)));
    return { containerInstanceArns: items, nextToken: next };
  },

  DescribeContainerInstances(input: ecs.DescribeContainerInstancesRequest, account: AnsweringAccount) {
    const { containerInstances: arns = [] } = input;
    if (arns.length === 0) throw new Refusal("InvalidParameterException", "Container instances cannot be empty.");
    if (arns.length > 100) throw new Refusal("InvalidParameterException", "Container instances cannot have more than 100 elements.");
    const { clusterArn } = clusterOf(account, input.cluster);
    const found = account.state.containerInstances.filter(
      (each) => each.clusterArn === clusterArn && arns.includes(each.containerInstanceArn!),
    );
    const failures = arns
      .filter((arn) => !found.some(({ containerInstanceArn }) => containerInstanceArn === arn))
      .map((arn) => ({ arn, reason: "MISSING" }));
    return { containerInstances: found.map(({ clusterArn: _, ...instance }) => instance), failures };
  },
};
