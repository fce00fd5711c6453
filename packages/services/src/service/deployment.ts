import type { ArgumentErrors } from "@fairlead/foundation";
import { deploymentValues, shiftsTraffic, withDefaults } from "@fairlead/model";
import type * as ecs from "@pulumi/aws/ecs";
import type * as pulumi from "@pulumi/pulumi";

/** How ECS brings out a new revision. */
export type DeploymentStrategy = "ROLLING" | "BLUE_GREEN" | "CANARY" | "LINEAR";

/** Moments of a deployment at which ECS can ask a Lambda function whether to go on. */
export type LifecycleStage =
  | "RECONCILE_SERVICE"
  | "PRE_SCALE_UP"
  | "POST_SCALE_UP"
  | "TEST_TRAFFIC_SHIFT"
  | "POST_TEST_TRAFFIC_SHIFT"
  | "PRODUCTION_TRAFFIC_SHIFT"
  | "POST_PRODUCTION_TRAFFIC_SHIFT";

/** A Lambda function that may stop a deployment. */
export interface LifecycleHook {
  functionArn: pulumi.Input<string>;
  stages: LifecycleStage[];
}

/**
 * How a service's new revision is brought out.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-strategy-blue-green.html
 */
export interface DeploymentArgs {
  /**
   * `ROLLING` by default: task by task. `BLUE_GREEN`: all at once to a second target group. `CANARY`: a part, then the rest. `LINEAR`: in
   * equal steps. ECS has no list of steps: what elsewhere is 10, 25, 50, 100 percent is here CANARY at 10 or LINEAR by 25. Each deployment but those
   * that are ROLLING moves traffic to the other target group. Going back to ROLLING while it is on the second takes a deployment more, which `up` makes first.
   */
  strategy?: DeploymentStrategy;
  /** Minutes that the old revision stays after all traffic has moved; 0 to 1,440. 5 by default: enough for two evaluations of an alarm. */
  bakeTimeMinutes?: number;
  /** Percent of the traffic that goes first with CANARY; 0.1 to 99.9. 10 by default. */
  canaryPercent?: number;
  /** Percent of the traffic in each step with LINEAR; 3 to 100. 25 by default: four steps. */
  stepPercent?: number;
  /** Minutes between the steps of CANARY and LINEAR; 0 to 1,440. 5 by default. */
  stepBakeTimeMinutes?: number;
  /**
   * Requests with this header go to the new revision before anybody else does. `x-fairlead-test: true` by default. It is no guard: whoever sends it
   * while a deployment runs sees the new revision, with the same login and the same data as the old one; at any other time both rules lead to the one
   * that runs. A value that nobody guesses keeps strangers out.
   */
  testHeader?: { name: string; value: string };
  /** Functions that ECS asks during the deployment. None by default. */
  lifecycleHooks?: LifecycleHook[];
  /** Percent of the desired tasks that stay healthy while ROLLING; 0 to 100. 100 by default. */
  minimumHealthyPercent?: number;
  /** Percent of the desired tasks that may run at once while ROLLING; 100 to 200. 200 by default. */
  maximumPercent?: number;
}

/** The arguments of the ECS service for a strategy. `hookRoleArn` is the role with which ECS calls the hooks. */
export function deploymentArgs(deployment: DeploymentArgs, hookRoleArn?: pulumi.Input<string>): Partial<ecs.ServiceArgs> {
  const { strategy, minimumHealthyPercent, maximumPercent, ...shift } = withDefaults(deployment, deploymentValues);
  const rolling = {
    deploymentCircuitBreaker: { enable: true, rollback: true },
    deploymentMinimumHealthyPercent: minimumHealthyPercent,
    deploymentMaximumPercent: maximumPercent,
  };
  // The provider keeps what AWS has of what is not said, so that a service that shifted traffic would go on doing so. These are the values
  // that ECS gives back of a service that never did.
  if (strategy === "ROLLING") return { ...rolling, deploymentConfiguration: { strategy, bakeTimeInMinutes: "0" } };
  const { bakeTimeMinutes, stepBakeTimeMinutes, canaryPercent, stepPercent, lifecycleHooks = [] } = shift;
  const minutes = String(stepBakeTimeMinutes);
  return {
    ...rolling,
    deploymentConfiguration: {
      strategy,
      bakeTimeInMinutes: String(bakeTimeMinutes),
      canaryConfiguration: strategy === "CANARY" ? { canaryPercent, canaryBakeTimeInMinutes: minutes } : undefined,
      linearConfiguration: strategy === "LINEAR" ? { stepPercent, stepBakeTimeInMinutes: minutes } : undefined,
      lifecycleHooks:
        lifecycleHooks.length > 0
          ? lifecycleHooks.map(({ functionArn, stages }) => ({
              hookTargetArn: functionArn,
              roleArn: hookRoleArn!,
              lifecycleStages: stages,
            }))
          : undefined,
    },
  };
}

/** Refuses what ECS would refuse. */
export function checkDeployment(deployment: DeploymentArgs, errors: ArgumentErrors): void {
  errors.range("deployment.bakeTimeMinutes", deployment.bakeTimeMinutes, deploymentValues.bakeTimeMinutes, "minutes");
  errors.range("deployment.stepBakeTimeMinutes", deployment.stepBakeTimeMinutes, deploymentValues.stepBakeTimeMinutes, "minutes");
  errors.range("deployment.canaryPercent", deployment.canaryPercent, deploymentValues.canaryPercent, "percent");
  errors.range("deployment.stepPercent", deployment.stepPercent, deploymentValues.stepPercent, "percent");
  errors.range("deployment.minimumHealthyPercent", deployment.minimumHealthyPercent, deploymentValues.minimumHealthyPercent, "percent");
  errors.range("deployment.maximumPercent", deployment.maximumPercent, deploymentValues.maximumPercent, "percent");
  if (deployment.lifecycleHooks?.length && !shiftsTraffic(deployment)) {
    errors.refuse("deployment.lifecycleHooks", "ECS calls hooks with BLUE_GREEN, CANARY and LINEAR only");
  }
}
