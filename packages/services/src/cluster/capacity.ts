import { type ArgumentErrors } from "@fairlead/foundation";
import { capacityValues, isFargate } from "@fairlead/model";
import type * as pulumi from "@pulumi/pulumi";

/**
 * A share of the tasks for one capacity provider.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
export interface CapacityProviderStrategyItem {
  /** `FARGATE`, `FARGATE_SPOT` or the name of one of the cluster's own. */
  capacityProvider: string;
  /** Tasks that run there before the weights count; 0 to 100,000, and only one item may have any. 0 by default. */
  base?: number;
  /** Share of the tasks above the base; 0 to 1,000. 1 by default. */
  weight?: number;
}

/** Capacity of a cluster besides Fargate. */
export interface ClusterCapacity {
  /** Name of the capacity provider, as strategies name it. */
  readonly capacityProvider: string;
  /** What a task definition must be compatible with to run there. */
  readonly compatibility: "FARGATE" | "EC2";
  readonly ready: pulumi.Resource;
  /** Security group of the instances, which tasks without a network interface of their own share. */
  readonly securityGroupId: pulumi.Output<string>;
}

/** Refuses a strategy that ECS would refuse. */
export function checkStrategy(path: string, strategy: CapacityProviderStrategyItem[], known: string[], errors: ArgumentErrors): void {
  for (const { capacityProvider, base, weight } of strategy) {
    if (!known.includes(capacityProvider)) errors.refuse(path, `"${capacityProvider}": the cluster has ${known.join(", ")}`);
    errors.range(path, base, capacityValues.base, "tasks as base");
    errors.range(path, weight, capacityValues.weight, "as weight");
  }
  if (strategy.filter(({ base = 0 }) => base > 0).length > 1) errors.refuse(path, "more than one item has a base: ECS allows one");
  if (new Set(strategy.map(({ capacityProvider }) => isFargate(capacityProvider))).size > 1) {
    errors.refuse(path, "Fargate and instances in one strategy: ECS allows either");
  }
}
