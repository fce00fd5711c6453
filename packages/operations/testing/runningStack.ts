import type { ScriptedAccount } from "@fairlead/diagnosis/testing/scriptedAccount";

import type { ServiceInAws, StackInAws } from "../src";

/** How a service runs otherwise than planned. */
export interface Running {
  /** Tasks that run. As many as are desired by default. */
  running?: number;
  /** Tasks that ECS is to keep. Those of the plan by default. */
  desired?: number;
  /** Tags of the image that runs. The plan's by default. */
  tags?: string[];
}

export const digestOf = (name: string) => `sha256:${Buffer.from(name).toString("hex").padEnd(64, "0").slice(0, 64)}`;

/** What runs of a stack that was brought out an hour ago, and is at rest. @param otherwise services that run otherwise, by name */
export function runStack(account: ScriptedAccount, stack: StackInAws, otherwise: Readonly<Record<string, Running>> = {}): void {
  const clusterName = stack.cluster!;
  account.state.clusters.push({ clusterArn: account.arn("ecs", `cluster/${clusterName}`), clusterName, status: "ACTIVE" });
  for (const { name, repository, imageTag, family } of [...stack.services, ...stack.jobs]) {
    const imageTags = otherwise[name]?.tags ?? [`${imageTag}-arm64`];
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    account.state.repositories.push({
      repositoryName: repository!,
      images: [{ imageDigest: digestOf(name), imageTags, manifest: "{}", mediaType }],
    });
    account.state.taskDefinitions.push({
      ...{ taskDefinitionArn: account.arn("ecs", `task-definition/${family}:7`), family, revision: 7, status: "ACTIVE" },
      containerDefinitions: [{ name, image: imageOf(account, repository!, name), essential: true }],
    });
  }
  for (const service of stack.services) runService(account, service, otherwise[service.name]);
}

const imageOf = ({ accountId, region }: ScriptedAccount, repository: string, name: string) =>
  `${accountId}.dkr.ecr.${region}.amazonaws.com/${repository}@${digestOf(name)}`;

/** Its ECS service, a revision, a deployment that ended well, its tasks. */
function runService(account: ScriptedAccount, service: ServiceInAws, otherwise: Running = {}): void {
  const { state, clock, arn } = account;
  const { name, cluster, family, scaling, repository } = service;
  const { desired = service.desiredCount ?? 1 } = otherwise;
  const { running = desired } = otherwise;
  const clusterArn = arn("ecs", `cluster/${cluster}`);
  const taskDefinition = arn("ecs", `task-definition/${family}:7`);
  const serviceArn = arn("ecs", `service/${cluster}/${name}`);
  const revisionArn = arn("ecs", `service-revision/${cluster}/${name}/7`);
  state.services.push({
    ...{ clusterArn, serviceArn, serviceName: name, status: "ACTIVE", taskDefinition },
    ...{ desiredCount: desired, runningCount: running, pendingCount: 0, enableExecuteCommand: service.executeCommand },
    deploymentConfiguration: { strategy: service.deploymentStrategy as "ROLLING" },
    deployments: [{ id: "ecs-svc/7", status: "PRIMARY", rolloutState: "COMPLETED", taskDefinition, createdAt: clock.ago(3700) }],
    currentServiceRevisions: [{ arn: revisionArn, requestedTaskCount: desired, runningTaskCount: running }],
    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0a1"], securityGroups: [`sg-0${name}`], assignPublicIp: "DISABLED" } },
    capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1, base: 0 }],
  });
  const image = imageOf(account, repository!, name);
  state.serviceRevisions.push({
    ...{ serviceRevisionArn: revisionArn, serviceArn, clusterArn, taskDefinition, createdAt: clock.ago(3700) },
    containerImages: [{ containerName: name, image, imageDigest: digestOf(name) }],
  });
  state.serviceDeployments.push({
    ...{ serviceDeploymentArn: arn("ecs", `service-deployment/${cluster}/${name}/7`), serviceArn, clusterArn, status: "SUCCESSFUL" },
    ...{ createdAt: clock.ago(3700), startedAt: clock.ago(3690), finishedAt: clock.ago(3600), targetServiceRevision: { arn: revisionArn } },
  });
  for (let index = 0; index < running; index++) {
    state.tasks.push({
      ...{
        clusterArn,
        taskArn: arn("ecs", `task/${cluster}/${name}${index}`),
        group: `service:${name}`,
        taskDefinitionArn: taskDefinition,
      },
      ...{ lastStatus: "RUNNING", desiredStatus: "RUNNING", healthStatus: "UNKNOWN", startedAt: clock.ago(3600) },
      containers: [{ name, lastStatus: "RUNNING", runtimeId: `${name}${index}-1`, imageDigest: digestOf(name) }],
    });
  }
  if (!scaling) return;
  state.scalableTargets.push({
    ...{ ServiceNamespace: "ecs", ResourceId: scaling.resourceId, ScalableDimension: "ecs:service:DesiredCount" },
    ...{ MinCapacity: scaling.minCapacity, MaxCapacity: scaling.maxCapacity, RoleARN: "arn", CreationTime: clock.ago(9999) },
  });
}
