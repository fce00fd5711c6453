import type { ArgumentErrors } from "@fairlead/foundation";
import { deploymentValues, isFargate, withDefaults } from "@fairlead/model";
import type * as ecs from "@pulumi/aws/ecs";

import type { CapacityProviderStrategyItem } from "../cluster/capacity";
import type { DeploymentArgs } from "./deployment";

/**
 * Where ECS puts tasks on instances.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-strategies.html
 */
export interface Placement {
  /** In order; at most 5. Zones first, then instances, by default: an outage of either leaves most tasks. */
  strategies?: { type: "spread" | "binpack" | "random"; field?: string }[];
  /** At most 10. None by default. `expression` is in the cluster query language, for `memberOf`. */
  constraints?: { type: "distinctInstance" | "memberOf"; expression?: string }[];
}

const spread: NonNullable<Placement["strategies"]> = [
  { type: "spread", field: "attribute:ecs.availability-zone" },
  { type: "spread", field: "instanceId" },
];

/** The arguments of the ECS service; nothing on Fargate, where AWS places tasks. */
export function placementArgs(placement: Placement = {}, strategy: CapacityProviderStrategyItem[]): Partial<ecs.ServiceArgs> {
  if (isFargate(strategy[0]!.capacityProvider)) return {};
  return { orderedPlacementStrategies: placement.strategies ?? spread, placementConstraints: placement.constraints };
}

/**
 * Whether ECS may move tasks back into balance after a zone's outage: it needs room for one more, and tasks that are spread over zones first.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
 */
export function rebalances(deployment: DeploymentArgs, placement: Placement = {}, strategy: CapacityProviderStrategyItem[]): boolean {
  const [first] = placement.strategies ?? spread;
  const spreadsZones = first === undefined || first.field === "attribute:ecs.availability-zone";
  return withDefaults(deployment, deploymentValues).maximumPercent > 100 && (isFargate(strategy[0]!.capacityProvider) || spreadsZones);
}

/** Refuses what ECS would refuse. */
export function checkPlacement(placement: Placement | undefined, strategy: CapacityProviderStrategyItem[], errors: ArgumentErrors): void {
  if (!placement) return;
  if (isFargate(strategy[0]?.capacityProvider ?? "FARGATE")) errors.refuse("placement", "on Fargate there are no instances to choose");
  if ((placement.strategies?.length ?? 0) > 5) errors.refuse("placement.strategies", "ECS allows 5");
  if ((placement.constraints?.length ?? 0) > 10) errors.refuse("placement.constraints", "ECS allows 10");
  for (const { type, expression } of placement.constraints ?? []) {
    if ((type === "memberOf") !== (expression !== undefined)) {
      errors.refuse("placement.constraints", "memberOf needs an expression, distinctInstance takes none");
    }
  }
}
