import { setTimeout } from "node:timers/promises";
import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { engineLog } from "@fairlead/foundation/engineLog";
import { allowedTime, coded } from "@fairlead/model";
import { describeRevisions, describeService, rollOut, RolloutProgress, type Ecs, type Service } from "@fairlead/rollout";
import type { dynamic } from "@pulumi/pulumi";

/** What the engine keeps. */
export interface ReturnedTrafficProperties {
  clusterArn: string;
  serviceName: string;
  targetGroupArn: string;
  resourceUrn: string;
}

const aws = new AwsAccess();

export const provider: dynamic.ResourceProvider = {
  configure: aws.configure,
  diff: () => Promise.resolve({ changes: false }),
  create: async (inputs: ReturnedTrafficProperties) => {
    const { ECSClient } = await import("@aws-sdk/client-ecs");
    const ecs = new ECSClient({ ...(await aws.clientConfig("ecs")), retryMode: "adaptive", maxAttempts: 10 });
    const service = await describeService(ecs, inputs);
    if (service && shifts(service) && !(await isThere(ecs, service, inputs))) await bringBack(ecs, service, inputs);
    return { id: `${inputs.clusterArn}/${inputs.serviceName}`, outs: inputs };
  },
};

const shifts = ({ deploymentConfiguration }: Service) => (deploymentConfiguration?.strategy ?? "ROLLING") !== "ROLLING";

/** Whether the revision that serves has its tasks in the group. */
async function isThere(ecs: Ecs, service: Service, { targetGroupArn }: ReturnedTrafficProperties): Promise<boolean> {
  const arns = (service.currentServiceRevisions ?? []).flatMap(({ arn }) => arn ?? []);
  const revisions = [...(await describeRevisions(ecs, arns)).values()];
  const groups = revisions.flatMap(({ resolvedConfiguration }) => resolvedConfiguration?.loadBalancers ?? []);
  return groups.some((group) => group.targetGroupArn === targetGroupArn);
}

/** A deployment of what runs, which goes to the other group. */
async function bringBack(ecs: Ecs, service: Service, inputs: ReturnedTrafficProperties): Promise<void> {
  const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
  const { clusterArn, serviceName } = inputs;
  const { allowedMinutes } = allowedTime(paceOf(service));
  const log = engineLog(inputs.resourceUrn);
  await log.info(
    `traffic is on the second target group; ECS brings it back first, by a deployment of what runs: up to ${allowedMinutes} min`,
  );
  await ecs.send(new UpdateServiceCommand({ cluster: clusterArn, service: serviceName, forceNewDeployment: true }));
  const request = { clusterArn, serviceName, taskDefinitionArn: service.taskDefinition!, allowedMinutes };
  const now = () => Date.now();
  const progress = new RolloutProgress(request, { ecs, now });
  const end = await rollOut(request, {
    ...{ ecs, now },
    sleep: (seconds) => setTimeout(seconds * 1000),
    onProgress: async (deployment) => log.status(await progress.line(deployment)),
  });
  const after = await describeService(ecs, inputs);
  if (end.outcome === "serves" && after && (await isThere(ecs, after, inputs))) return;
  const state = end.deployment ? `: ${end.deployment.statusReason ?? end.deployment.status} (${end.deployment.serviceDeploymentArn})` : "";
  throw new Error(
    coded(
      "FL2207",
      `traffic of ${serviceName} is not back on the first target group${state}. Its rules were left as they are. ` +
        "Run `up` again when that deployment has ended, or keep the strategy.",
    ),
  );
}

function paceOf({ deploymentConfiguration = {}, desiredCount }: Service): Parameters<typeof allowedTime>[0] {
  const { strategy, bakeTimeInMinutes, canaryConfiguration, linearConfiguration } = deploymentConfiguration;
  const stepBakeTimeMinutes = canaryConfiguration?.canaryBakeTimeInMinutes ?? linearConfiguration?.stepBakeTimeInMinutes;
  return { strategy, bakeTimeMinutes: bakeTimeInMinutes, stepBakeTimeMinutes, stepPercent: linearConfiguration?.stepPercent, desiredCount };
}
