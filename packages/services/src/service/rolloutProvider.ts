import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { engineLog } from "@fairlead/foundation/engineLog";
import type { AllowedTime } from "@fairlead/model";
import { describeService, otherInFront, type ServiceDeployment } from "@fairlead/rollout";
import type { dynamic } from "@pulumi/pulumi";

import { followRollout, patientEcs } from "./followRollout";
import { healthyTargets } from "./healthyTargets";
import type { RolloutProperties } from "./rollout";
import { RolloutFailed, whyItFailed } from "./rolloutFailure";

const aws = new AwsAccess();

/** Follows the deployment when the resource is created, and again when the service is another one or did not come out. Nothing is to be deleted. */
export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: async (_id, olds: RolloutProperties, news: RolloutProperties) => {
    const keys = ["clusterArn", "serviceName", "taskDefinitionArn", "settings"] as const;
    const isOther = olds.outcome !== "serves" || keys.some((key) => olds[key] !== news[key]);
    const inFront = isOther ? undefined : await anotherInFront(news);
    const changes = isOther || inFront !== undefined;
    const why = inFront === undefined ? "" : `ECS has ${inFront.split("/").at(-1)} in front: `;
    if (changes) await engineLog(news.resourceUrn).info(`${why}${timeText(news)}`);
    return { changes };
  },
  create: async (inputs: RolloutProperties) => {
    const id = `${inputs.clusterArn}/${inputs.serviceName}`;
    return { id, outs: await followed(id, inputs) };
  },
  update: async (id, _olds, news: RolloutProperties) => ({ outs: await followed(id, news) }),
};

/**
 * What ECS has in front where that is something else than what came out: after `fairlead rollback` neither the program nor the state knows of it. What AWS
 * doesn't tell whoever makes a plan is no change.
 */
async function anotherInFront(properties: RolloutProperties): Promise<string | undefined> {
  try {
    const service = await describeService(await patientEcs(aws, 2), properties);
    return service && otherInFront(service, properties.taskDefinitionArn);
  } catch {
    return undefined;
  }
}

async function followed(id: string, properties: RolloutProperties): Promise<RolloutProperties> {
  const ecs = await patientEcs(aws);
  const log = engineLog(properties.resourceUrn);
  await log.status(`${timeText(properties)}; Ctrl-C twice ends that, and ECS goes on`);
  const end = await followRollout(properties, { ecs, log, healthyTargets: healthyTargets(ecs, aws) }).catch((error: unknown) =>
    Promise.reject(RolloutFailed.by(error, id, properties)),
  );
  if (end.outcome === "serves") {
    if (wasAsleep(end.deployment))
      await log.warn(
        `${properties.serviceName} is asleep: ECS was asked for no task of the new revision, so that nobody knows whether it runs`,
      );
    return { ...properties, outcome: "serves" };
  }
  throw new RolloutFailed(id, properties, await whyItFailed(properties, end, { ecs, aws }));
}

/** Whether a deployment came out without a task. */
const wasAsleep = (deployment: ServiceDeployment | undefined) => deployment?.targetServiceRevision?.requestedTaskCount === 0;

/** How long it may take, said beforehand. */
function timeText({ waitingMinutes, allowedMinutes }: AllowedTime): string {
  const waits = waitingMinutes > 0 ? `ECS waits ${waitingMinutes} min on purpose, in steps and bakes; ` : "";
  return `rolls out: ${waits}followed for up to ${allowedMinutes} min`;
}
