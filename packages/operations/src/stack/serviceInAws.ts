import { reachedAt } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import { containersIn, type ContainerInAws } from "./containerInAws";
import { parameterOf, type PlannedResources } from "./plannedResources";

/** What a service and a job have in common. */
export interface RunnableInAws {
  /** As in `service.yaml`. */
  name: string;
  kind: "service" | "job" | "scheduled-job";
  /** `kind:` of the manifest, such as `worker`. */
  manifestKind: string | undefined;
  /** Path of its service.yaml, from the project's folder. */
  manifest: string | undefined;
  owner: string | undefined;
  /** Task definition family. */
  family: string | undefined;
  /** The service's own container first. */
  containers: ContainerInAws[];
  /** Repository of its image, in the account's registry. */
  repository: string | undefined;
  /** Tag of the image that the plan asks for: `<version>-<commit>`. */
  imageTag: string | undefined;
  /** Digest of the image that it was rolled back to, and stays at: `pinnedImages` of the stack's configuration. */
  pinnedImage: string | undefined;
  /** Names of its CloudWatch alarms. */
  alarms: string[];
  /** Names of the data that it is bound to. */
  uses: string[];
  executeCommand: boolean;
  /** Whether its tasks are in public subnets. */
  assignPublicIp: boolean;
  /** Ids of the security groups that its tasks have besides their own. */
  securityGroups: string[];
  /** Name of the cluster. */
  cluster: string | undefined;
}

/** A service that runs all the time. */
export interface ServiceInAws extends RunnableInAws {
  kind: "service";
  /** Name of the ECS service. */
  serviceName: string;
  /** Tasks that the plan asks for; undefined where each instance has one (`DAEMON`). With scaling those to begin with. */
  desiredCount: number | undefined;
  scaling: ScalingInAws | undefined;
  deploymentStrategy: string;
  /** Port on which it is reached: its own container's, or that of `targetContainer`. */
  containerPort: number | undefined;
  /** Logical names of its target groups. Their names in AWS end with digits that only the state and AWS know. */
  targetGroups: string[];
  routes: RouteInAws[];
}

/** What Application Auto Scaling keeps of a service. */
export interface ScalingInAws {
  /** `service/<cluster>/<service>` */
  resourceId: string;
  minCapacity: number;
  maxCapacity: number;
  /** Names of its policies. */
  policies: string[];
}

/** A rule of a listener. */
export interface RouteInAws {
  host: string | undefined;
  path: string | undefined;
  priority: number | undefined;
}

/** A job that `up` runs, or one that a schedule starts. */
export interface JobInAws extends RunnableInAws {
  kind: "job" | "scheduled-job";
  /** Name in EventBridge Scheduler; undefined for a job that `up` runs. */
  schedule: string | undefined;
}

const types = {
  service: "aws:ecs/service:Service",
  taskDefinition: "aws:ecs/taskDefinition:TaskDefinition",
  cluster: "aws:ecs/cluster:Cluster",
  repository: "aws:ecr/repository:Repository",
  alarm: "aws:cloudwatch/metricAlarm:MetricAlarm",
  scalingTarget: "aws:appautoscaling/target:Target",
  scalingPolicy: "aws:appautoscaling/policy:Policy",
  targetGroup: "aws:lb/targetGroup:TargetGroup",
  schedule: "aws:scheduler/schedule:Schedule",
};

/** The parts of a spec that are read here. */
interface Spec {
  kind?: string;
  file?: string;
  owner?: string;
  containerPort?: number;
  targetContainer?: string;
  sidecars?: Record<string, { containerPort?: number }>;
  enableExecuteCommand?: boolean;
  assignPublicIp?: boolean;
  securityGroups?: string[];
  uses?: { name: string }[];
  routes?: { path?: string; host?: string; priority?: number }[];
}

/** What one service of the plan is in AWS. @param service its component */
export function runnableIn(service: PlanResource, resources: PlannedResources): ServiceInAws | JobInAws {
  const below = resources.below(service);
  const all = (type: string) => below.filter((resource) => resource.type === type);
  const first = (type: string) => below.find((resource) => resource.type === type);
  const names = (type: string) => all(type).flatMap((resource) => parameterOf(resource, "name") ?? []);
  const { spec = {}, imageTag, pinnedImage } = service.inputs as { spec?: Spec; imageTag?: string; pinnedImage?: string };
  const taskDefinition = first(types.taskDefinition);
  const repository = first(types.repository);
  const cluster = resources.referredTo(
    below.map(({ inputs }) => inputs),
    types.cluster,
  );
  const shared = {
    name: service.name,
    manifestKind: spec.kind,
    manifest: spec.file,
    owner: spec.owner,
    family: taskDefinition && parameterOf(taskDefinition, "family"),
    containers: taskDefinition ? containersIn(taskDefinition, service.name) : [],
    repository: repository && parameterOf(repository, "name"),
    imageTag,
    pinnedImage,
    alarms: names(types.alarm).sort(),
    uses: (spec.uses ?? []).map(({ name }) => name),
    executeCommand: spec.enableExecuteCommand === true,
    assignPublicIp: spec.assignPublicIp === true,
    securityGroups: spec.securityGroups ?? [],
    cluster: cluster && parameterOf(cluster, "name"),
  };
  const ecsService = first(types.service);
  if (!ecsService) {
    const schedule = first(types.schedule);
    return {
      ...shared,
      kind: spec.kind === "scheduled-job" ? "scheduled-job" : "job",
      schedule: schedule && parameterOf(schedule, "name"),
    };
  }
  const { desiredCount, deploymentConfiguration } = ecsService.inputs as {
    desiredCount?: number;
    deploymentConfiguration?: { strategy?: string };
  };
  return {
    ...shared,
    kind: "service",
    serviceName: parameterOf(ecsService, "name") ?? ecsService.name,
    desiredCount: ecsService.inputs.schedulingStrategy === "DAEMON" ? undefined : desiredCount,
    scaling: scalingOf(first(types.scalingTarget), names(types.scalingPolicy)),
    deploymentStrategy: deploymentConfiguration?.strategy ?? "ROLLING",
    containerPort: reachedAt({ ...spec, name: service.name })?.containerPort,
    targetGroups: all(types.targetGroup).map(({ name }) => name),
    routes: (spec.routes ?? []).map(({ host, path, priority }) => ({ host, path, priority })),
  };
}

function scalingOf(target: PlanResource | undefined, policies: string[]): ScalingInAws | undefined {
  if (!target) return undefined;
  const { minCapacity, maxCapacity } = target.inputs as { minCapacity: number; maxCapacity: number };
  return { resourceId: parameterOf(target, "resourceId") ?? "", minCapacity, maxCapacity, policies };
}
