import type { ArgumentErrors } from "@fairlead/foundation";
import { isFargate, taskSecurityGroupValues } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import type * as pulumi from "@pulumi/pulumi";

import type { CapacityProviderStrategyItem } from "./capacity";

/** Where tasks have their network interfaces. */
export interface TaskNetworkArgs {
  network: Network;
  /**
   * Whether they run in public subnets, each with a public IPv4 address, and reach the internet by it. On Fargate alone. AWS charges for each address by the hour.
   * Their security groups admit nobody else for it.
   *
   * @default false: Security Hub's ECS.2 asks for tasks without; they reach the internet through a NAT gateway
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
   */
  assignPublicIp?: boolean;
  /**
   * Security groups that exist, as ids (`sg-…`), which tasks have besides their own: what somebody else's database or cache lets in by name. Each lets in
   * what its own rules do. At most 4, and in the network's VPC. On instances for tasks in mode `awsvpc` alone.
   *
   * @default none: a task has the group of its service, which `reaches` and routes open
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
   */
  securityGroups?: pulumi.Input<string>[];
}

/** The subnets that tasks run in. */
export function taskSubnets({ network, assignPublicIp }: TaskNetworkArgs): pulumi.Output<string[]> {
  return assignPublicIp ? network.publicSubnetIds : network.privateSubnetIds;
}

/** The security groups that tasks have: their own first. */
export function taskSecurityGroups(own: pulumi.Input<string>, { securityGroups = [] }: TaskNetworkArgs): pulumi.Input<string>[] {
  return [own, ...securityGroups];
}

/** Refuses tasks that ECS would not give a public address, and those that could not pull their images. */
export function checkTaskNetwork(
  { network, assignPublicIp, securityGroups = [] }: TaskNetworkArgs,
  strategy: readonly CapacityProviderStrategyItem[],
  errors: ArgumentErrors,
): void {
  const isOnFargate = strategy.every(({ capacityProvider }) => isFargate(capacityProvider));
  if (assignPublicIp && !isOnFargate)
    errors.refuse("assignPublicIp", "true, and its capacity is instances: ECS gives tasks a public address on Fargate alone");
  const { maximum } = taskSecurityGroupValues;
  if (securityGroups.length > maximum)
    errors.refuse(
      "securityGroups",
      `${securityGroups.length}: ECS takes five for a task, of which one is its own: expected at most ${maximum}`,
    );
  if (!assignPublicIp && network.reachableServices?.includes("ecr.dkr") === false)
    errors.refuse(
      "network",
      'its natGateways is "none" and it has no endpoints, so that its tasks could not pull their images: set assignPublicIp to true, ' +
        'or the network\'s endpoints, or its natGateways to "single"',
    );
}
