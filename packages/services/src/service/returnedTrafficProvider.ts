import { AwsAccess } from "@fairlead/foundation/awsAccess";
import { engineLog } from "@fairlead/foundation/engineLog";
import { allowedTime, coded, quoted } from "@fairlead/model";
import { describeRevisions, describeService, type Ecs, type Service } from "@fairlead/rollout";
import type { dynamic } from "@pulumi/pulumi";

import { followRollout, patientEcs } from "./followRollout";
import { goneText } from "./rolloutFailure";

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
    const ecs = await patientEcs(aws);
    const service = await describeService(ecs, inputs);
    if (service && shifts(service)) {
      // Two revisions are current, one in each group, and nothing tells which has the traffic.
      if ((service.currentServiceRevisions ?? []).length > 1) throw new Error(notBack(inputs, ": a deployment of it is under way"));
      if (!(await isThere(ecs, service, inputs))) await bringBack(ecs, service, inputs);
    }
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
  const end = await followRollout({ clusterArn, serviceName, taskDefinitionArn: service.taskDefinition!, allowedMinutes }, { ecs, log });
  if (end.outcome === "gone") throw new Error(goneText(serviceName, end.words));
  const after = await describeService(ecs, inputs);
  if (end.outcome === "serves" && after && (await isThere(ecs, after, inputs))) return;
  const state = end.deployment
    ? `: ${quoted(end.deployment.statusReason ?? end.deployment.status ?? "")} (${end.deployment.serviceDeploymentArn})`
    : "";
  throw new Error(notBack(inputs, state));
}

function notBack({ serviceName }: ReturnedTrafficProperties, state: string): string {
  return coded(
    "FL2207",
    `traffic of ${serviceName} is not back on the first target group${state}. Its rules were left as they are. ` +
      "Run `up` again when that deployment has ended, or keep the strategy.",
  );
}

function paceOf({ deploymentConfiguration = {}, desiredCount }: Service): Parameters<typeof allowedTime>[0] {
  const { strategy, bakeTimeInMinutes, canaryConfiguration, linearConfiguration } = deploymentConfiguration;
  const stepBakeTimeMinutes = canaryConfiguration?.canaryBakeTimeInMinutes ?? linearConfiguration?.stepBakeTimeInMinutes;
  return { strategy, bakeTimeMinutes: bakeTimeInMinutes, stepBakeTimeMinutes, stepPercent: linearConfiguration?.stepPercent, desiredCount };
}
