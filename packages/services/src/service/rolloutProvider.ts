import { setTimeout } from "node:timers/promises";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { engineLog } from "@fairlead/foundation/engineLog";
import type { AllowedTime } from "@fairlead/model";
import { rollOut, RolloutProgress } from "@fairlead/rollout";
import type { dynamic } from "@pulumi/pulumi";

import type { RolloutProperties } from "./rollout";
import { healthyTargets } from "./healthyTargets";
import { RolloutFailed, whyItFailed } from "./rolloutFailure";

const aws = new AwsAccess();

/** Follows the deployment when the resource is created, and again when the service is another one or did not come out. Nothing is to be deleted. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: async (_id, olds: RolloutProperties, news: RolloutProperties) => {
    const keys = ["clusterArn", "serviceName", "taskDefinitionArn", "settings"] as const;
    const changes = olds.outcome !== "serves" || keys.some((key) => olds[key] !== news[key]);
    if (changes) await engineLog(news.resourceUrn).info(timeText(news));
    return { changes };
  },
  create: async (inputs: RolloutProperties) => {
    const id = `${inputs.clusterArn}/${inputs.serviceName}`;
    return { id, outs: await followed(id, inputs) };
  },
  update: async (id, _olds, news: RolloutProperties) => ({ outs: await followed(id, news) }),
};

async function followed(id: string, properties: RolloutProperties): Promise<RolloutProperties> {
  const { ECSClient } = await import("@aws-sdk/client-ecs");
  // Many services roll out at once, and ECS's API is shared by all of an account.
  const ecs = new ECSClient({ ...(await aws.clientConfig("ecs")), retryMode: "adaptive", maxAttempts: 10 });
  const log = engineLog(properties.resourceUrn);
  const now = () => Date.now();
  const progress = new RolloutProgress(properties, { ecs, now, healthyTargets: await healthyTargets(ecs, aws) });
  await log.status(`${timeText(properties)}; Ctrl-C twice ends that, and ECS goes on`);
  const end = await rollOut(properties, {
    ...{ ecs, now },
    sleep: (seconds) => setTimeout(seconds * 1000),
    onProgress: async (deployment) => log.status(await progress.line(deployment)),
  }).catch((error: unknown) => Promise.reject(RolloutFailed.by(error, id, properties)));
  if (end.outcome === "serves") return { ...properties, outcome: "serves" };
  throw new RolloutFailed(id, properties, await whyItFailed(properties, end, { ecs, aws }));
}

/** How long it may take, said beforehand. */
function timeText({ waitingMinutes, allowedMinutes }: AllowedTime): string {
  const waits = waitingMinutes > 0 ? `ECS waits ${waitingMinutes} min on purpose, in steps and bakes; ` : "";
  return `rolls out: ${waits}followed for up to ${allowedMinutes} min`;
}
