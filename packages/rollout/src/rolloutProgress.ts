import { quoted } from "@fairlead/model";

import { endedTasks, endOf, type Task } from "./endedTasks";
import type { Ecs, ServiceDeployment, ServiceName } from "./serviceDeployments";
import { hasFailed } from "./stops";

/** How many targets are healthy. */
export interface HealthyTargets {
  count: number;
  /** Whether tasks of other revisions are in the same group, as they are while ROLLING. */
  isShared: boolean;
}

/** What the live line of a rollout needs from outside. */
export interface ProgressContext {
  ecs: Ecs;
  /** Milliseconds. */
  now: () => number;
  /** Healthy targets of the load balancer's groups of a revision, by its ARN; undefined where there are none, or nobody may ask. */
  healthyTargets?: (revisionArn: string, otherRevisionArns: readonly string[]) => Promise<HealthyTargets | undefined>;
}

/** The state of a rollout in one line, each time that ECS was asked. It remembers what ECS doesn't tell: since when a stage lasts. */
export class RolloutProgress {
  /** The first task of the new revision that failed. */
  private firstFailure?: Task;
  private stage?: string;
  private stageSince = 0;

  constructor(
    private readonly service: ServiceName & { taskDefinitionArn: string },
    private readonly context: ProgressContext,
  ) {}

  async line(deployment: ServiceDeployment): Promise<string> {
    const { targetServiceRevision: target = {}, sourceServiceRevisions = [] } = deployment;
    this.noteStage(deployment);
    await this.noteFirstFailure(deployment);
    const sources = sourceServiceRevisions.flatMap(({ arn, runningTaskCount = 0 }) => (arn && runningTaskCount > 0 ? arn : []));
    const healthy = target.arn ? await this.context.healthyTargets?.(target.arn, sources) : undefined;
    const old = sourceServiceRevisions.reduce((sum, { runningTaskCount = 0 }) => sum + runningTaskCount, 0);
    const weight = target.requestedProductionTrafficWeight;
    const parts = [
      statusText(deployment),
      `new: ${target.runningTaskCount ?? 0} of ${target.requestedTaskCount ?? 0} running`,
      target.pendingTaskCount ? `${target.pendingTaskCount} starting` : "",
      healthy === undefined ? "" : `${healthy.count} healthy${healthy.isShared ? " of both" : ""}`,
      sourceServiceRevisions.length > 0 ? `old: ${old} running` : "",
      weight === undefined ? "" : `${weight} % of the traffic`,
      this.waitText(deployment),
      this.firstFailure ? `first failure: ${quoted(endOf(this.firstFailure))}` : "",
    ];
    return parts.filter(Boolean).join(", ");
  }

  private noteStage({ lifecycleStage, targetServiceRevision }: ServiceDeployment): void {
    // Each step of CANARY and LINEAR is the same stage with another weight.
    const stage = [lifecycleStage, targetServiceRevision?.requestedProductionTrafficWeight].join(" ");
    if (stage !== this.stage) this.stageSince = this.context.now();
    this.stage = stage;
  }

  private async noteFirstFailure({ deploymentCircuitBreaker }: ServiceDeployment): Promise<void> {
    if (this.firstFailure || !deploymentCircuitBreaker?.failureCount) return;
    // What is only told must not end what is followed.
    const tasks = await endedTasks(this.context.ecs, this.service, this.service.taskDefinitionArn).catch(() => []);
    this.firstFailure = tasks.find(hasFailed);
  }

  /** What ECS waits for on purpose, and for how long at most: when it began may have been before anybody looked. */
  private waitText({ lifecycleStage, deploymentConfiguration = {} }: ServiceDeployment): string {
    const { bakeTimeInMinutes, canaryConfiguration, linearConfiguration } = deploymentConfiguration;
    const step = canaryConfiguration?.canaryBakeTimeInMinutes ?? linearConfiguration?.stepBakeTimeInMinutes;
    const minutes = lifecycleStage === "BAKE_TIME" ? bakeTimeInMinutes : lifecycleStage === "PRODUCTION_TRAFFIC_SHIFT" ? step : undefined;
    if (!minutes) return "";
    const left = Math.max(0, Math.ceil(minutes - (this.context.now() - this.stageSince) / 60_000));
    return `${lifecycleStage === "BAKE_TIME" ? "bake" : "step"}: at most ${left} min left`;
  }
}

function statusText({ status = "PENDING", lifecycleStage }: ServiceDeployment): string {
  return [status, lifecycleStage].filter(Boolean).join(" ").toLowerCase().replaceAll("_", " ");
}
