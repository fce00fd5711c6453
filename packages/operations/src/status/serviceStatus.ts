import type { ScalableTarget } from "@aws-sdk/client-application-auto-scaling";
import type { Service, ServiceDeploymentBrief, ServiceRevision, Task } from "@aws-sdk/client-ecs";

import type { ServiceInAws } from "../stack/serviceInAws";
import { builtFrom, isPlannedTag } from "./imageTag";
import type { DeploymentStatus, RunningImage, ServiceState, ServiceStatus } from "./model";
import { isSuspended } from "./suspension";

/** What AWS said of a service. */
export interface SeenService {
  /** Undefined where it is not there; `unseen` where AWS didn't say. */
  service: Service | undefined | "unseen";
  /** The revision of most of its tasks. */
  revision: ServiceRevision | undefined;
  deployment: ServiceDeploymentBrief | undefined;
  tags: ReadonlyMap<string, string[]>;
  tasks: readonly Task[] | undefined;
  targets: { healthy: number; others: number } | undefined;
  scaling: ScalableTarget | undefined | "unseen";
  alarms: ReadonlySet<string> | undefined;
}

/** What there is to say of a service, from what was planned and what was seen. */
export function serviceStatus(planned: ServiceInAws, seen: SeenService): ServiceStatus {
  const { service } = seen;
  const { name, manifest, pinnedImage, imageTag } = planned;
  const pinnedTag = pinnedImage === undefined ? undefined : imageTag;
  const named = { name, manifest, pinnedImage, pinnedTag, alarms: planned.alarms.filter((alarm) => seen.alarms?.has(alarm)) };
  const empty = { taskDefinition: undefined, image: undefined, tasks: undefined, health: undefined, targets: undefined };
  if (service === "unseen" || service === undefined) {
    const state = service === undefined ? ("not there" as const) : ("unknown" as const);
    return { ...named, ...empty, state, scaling: undefined, lastDeployment: undefined, differences: [] };
  }
  const image = imageOf(planned, seen);
  const tasks = { desired: service.desiredCount ?? 0, running: service.runningCount ?? 0, pending: service.pendingCount ?? 0 };
  const lastDeployment = deploymentOf(service, seen.deployment);
  const scaling = scalingOf(seen.scaling);
  return {
    ...named,
    state: stateOf(planned, tasks, lastDeployment),
    taskDefinition: service.taskDefinition?.split("/").at(-1),
    image,
    tasks,
    health: seen.tasks && healthOf(seen.tasks),
    targets: seen.targets,
    scaling,
    lastDeployment,
    differences: differences(planned, service, image, seen.scaling),
  };
}

/** The digest of the image of the service's own container: of its revision, or of a task, where ECS knows no revisions of it. */
export function imageDigestOf(
  planned: ServiceInAws,
  revision: ServiceRevision | undefined,
  tasks: readonly Task[] = [],
): string | undefined {
  const name = planned.containers[0]?.name;
  const ofRevision = revision?.containerImages?.find(({ containerName }) => containerName === name);
  const ofTask = tasks.flatMap(({ containers = [] }) => containers.find((container) => container.name === name) ?? [])[0];
  // What the task definition names: of an image of several platforms ECS may tell the digest of the one that runs.
  return [ofRevision, ofTask].flatMap((image) => image?.image?.split("@")[1] ?? image?.imageDigest ?? [])[0];
}

function imageOf(planned: ServiceInAws, { revision, tasks, tags }: SeenService): RunningImage | undefined {
  const digest = imageDigestOf(planned, revision, tasks);
  return digest === undefined ? undefined : builtFrom(digest, tags.get(digest));
}

const underWay = new Set(["PENDING", "IN_PROGRESS", "STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"]);

/** Whether a deployment has not ended. */
export function isUnderWay(status: string | undefined): boolean {
  return status !== undefined && underWay.has(status);
}

function stateOf(
  planned: ServiceInAws,
  tasks: { desired: number; running: number },
  deployment: DeploymentStatus | undefined,
): ServiceState {
  if (isUnderWay(deployment?.status)) return "deploying";
  const isPlanned = (planned.scaling?.minCapacity ?? planned.desiredCount ?? 0) > 0;
  if (tasks.desired === 0 && isPlanned) return "asleep";
  return tasks.running < tasks.desired ? "short of tasks" : "steady";
}

/** The newest deployment that ECS tells of, or what the service itself says of its own. */
function deploymentOf({ deployments = [] }: Service, newest: ServiceDeploymentBrief | undefined): DeploymentStatus | undefined {
  if (newest) {
    const { serviceDeploymentArn: arn, status = "", statusReason: reason, startedAt, finishedAt } = newest;
    return { arn, status, reason, startedAt: startedAt?.toISOString(), finishedAt: finishedAt?.toISOString() };
  }
  const primary = deployments.find(({ status }) => status === "PRIMARY") ?? deployments[0];
  if (!primary?.rolloutState) return undefined;
  const { rolloutState: status, rolloutStateReason: reason, createdAt, updatedAt } = primary;
  const finishedAt = status === "IN_PROGRESS" ? undefined : updatedAt?.toISOString();
  return { arn: undefined, status, reason, startedAt: createdAt?.toISOString(), finishedAt };
}

function healthOf(tasks: readonly Task[]): ServiceStatus["health"] {
  const count = (status: string) => tasks.filter(({ healthStatus = "UNKNOWN" }) => healthStatus === status).length;
  return { healthy: count("HEALTHY"), unhealthy: count("UNHEALTHY"), unknown: count("UNKNOWN") };
}

function scalingOf(target: SeenService["scaling"]): ServiceStatus["scaling"] {
  if (target === undefined || target === "unseen") return undefined;
  return { minCapacity: target.MinCapacity ?? 0, maxCapacity: target.MaxCapacity ?? 0, suspended: isSuspended(target) };
}

function differences(planned: ServiceInAws, service: Service, image: RunningImage | undefined, target: SeenService["scaling"]): string[] {
  const { imageTag, desiredCount, scaling, family, deploymentStrategy, executeCommand } = planned;
  const said: string[] = [];
  const differ = (what: string, runs: unknown, plan: unknown) => {
    if (runs !== undefined && plan !== undefined && runs !== plan) said.push(`${what} ${String(runs)}, the plan has ${String(plan)}`);
  };
  if (image?.tag !== undefined && imageTag !== undefined && !isPlannedTag(image.tag, imageTag)) differ("image", image.tag, imageTag);
  differ("task definition", service.taskDefinition?.split("/").at(-1)?.replace(/:\d+$/, ""), family);
  // `up` leaves the count to scaling, where there is some.
  if (!scaling) differ("tasks", service.desiredCount, desiredCount);
  if (scaling && target !== "unseen") {
    if (target === undefined) said.push("scaling of the plan is not there");
    else {
      differ("at least", target.MinCapacity, scaling.minCapacity);
      differ("at most", target.MaxCapacity, scaling.maxCapacity);
      if (isSuspended(target)) said.push("scaling is suspended");
    }
  }
  differ("strategy", service.deploymentConfiguration?.strategy, deploymentStrategy);
  differ("ECS Exec", service.enableExecuteCommand === true ? "on" : "off", executeCommand ? "on" : "off");
  return said;
}
