import type { ArgumentErrors } from "@fairlead/foundation";
import { isFargate } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import type * as pulumi from "@pulumi/pulumi";

import type { CapacityProviderStrategyItem } from "./capacity";

/** Where tasks have their network interfaces. */
export interface TaskSubnetsArgs {
  network: Network;
  /**
   * Whether they run in public subnets, each with a public IPv4 address, and reach the internet by it. On Fargate alone. AWS charges for each address by the hour.
   * Their security groups admit nobody else for it.
   *
   * @default false: Security Hub's ECS.2 asks for tasks without; they reach the internet through a NAT gateway
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html
   */
  assignPublicIp?: boolean;
}

/** The subnets that tasks run in. */
export function taskSubnets({ network, assignPublicIp }: TaskSubnetsArgs): pulumi.Output<string[]> {
  return assignPublicIp ? network.publicSubnetIds : network.privateSubnetIds;
}

/** Refuses tasks that ECS would not give a public address, and those that could not pull their images. */
export function checkTaskSubnets(
  { network, assignPublicIp }: TaskSubnetsArgs,
  strategy: readonly CapacityProviderStrategyItem[],
  errors: ArgumentErrors,
): void {
  const isOnFargate = strategy.every(({ capacityProvider }) => isFargate(capacityProvider));
  if (assignPublicIp && !isOnFargate)
    errors.refuse("assignPublicIp", "true, and its capacity is instances: ECS gives tasks a public address on Fargate alone");
  if (!assignPublicIp && network.reachableServices?.includes("ecr.dkr") === false)
    errors.refuse(
      "network",
      'its natGateways is "none" and it has no endpoints, so that its tasks could not pull their images: set assignPublicIp to true, ' +
        'or the network\'s endpoints, or its natGateways to "single"',
    );
}
