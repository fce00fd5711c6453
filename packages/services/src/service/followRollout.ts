import { setTimeout } from "node:timers/promises";
import type { ECSClient } from "@aws-sdk/client-ecs";
import type { AwsAccess } from "@fairlead/foundation/awsAccess";
import type { EngineLog } from "@fairlead/foundation/engineLog";
import { rollOut, RolloutProgress, type Ecs, type ProgressContext, type RolloutEnd, type RolloutRequest } from "@fairlead/rollout";

/**
 * A client with patience: many services roll out at once, and ECS's API is shared by all of an account. A connection that hangs is no reason to wait: the SDK
 * itself would for ever.
 */
export async function patientEcs(aws: AwsAccess, maxAttempts = 10): Promise<ECSClient> {
  const { ECSClient } = await import("@aws-sdk/client-ecs");
  const requestHandler = { connectionTimeout: 5000, requestTimeout: 30_000, throwOnRequestTimeout: true };
  return new ECSClient({ ...(await aws.clientConfig("ecs")), requestHandler, retryMode: "adaptive", maxAttempts });
}

/** What following a rollout in a provider needs. */
export interface FollowContext extends Pick<ProgressContext, "healthyTargets"> {
  ecs: Ecs;
  log: EngineLog;
}

/** Follows a rollout to its end, and shows its state on the resource's line. */
export function followRollout(request: RolloutRequest, { ecs, log, healthyTargets }: FollowContext): Promise<RolloutEnd> {
  const now = () => Date.now();
  const progress = new RolloutProgress(request, { ecs, now, healthyTargets });
  return rollOut(request, {
    ...{ ecs, now },
    sleep: (seconds) => setTimeout(seconds * 1000),
    onProgress: async (deployment) => log.status(await progress.line(deployment)),
  });
}
