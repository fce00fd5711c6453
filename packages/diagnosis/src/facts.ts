import type {
  CapacityProviderStrategyItem,
  ContainerDefinition,
  LoadBalancer,
  Service,
  ServiceDeployment,
  ServiceEvent,
  ServiceRevision,
  Task,
  TaskDefinition,
} from "@aws-sdk/client-ecs";
import { hasFailed, stopOf } from "@fairlead/rollout";

import type { Gathered, LogTail } from "./gather/gathered";
import { valueOf } from "./gather/lookout";
import { placeOf, revisionOf, subnetOf, targetRevision, targetTaskDefinition, type Place } from "./gather/revision";

/** What became of the newest deployment. */
export type DeploymentState = "inProgress" | "rollingBack" | "failed" | "stopped" | "successful" | "unknown";

/** After so long without another such stop a service has settled. */
const settledMilliseconds = 15 * 60_000;

const states: Record<string, DeploymentState> = {
  PENDING: "inProgress",
  IN_PROGRESS: "inProgress",
  STOP_REQUESTED: "inProgress",
  ROLLBACK_REQUESTED: "rollingBack",
  ROLLBACK_IN_PROGRESS: "rollingBack",
  ROLLBACK_SUCCESSFUL: "failed",
  ROLLBACK_FAILED: "failed",
  STOPPED: "stopped",
  SUCCESSFUL: "successful",
};

/** What follows from what was gathered, and what all rules start from. */
export class Facts {
  readonly service: Service | undefined;
  readonly deployment: ServiceDeployment | undefined;
  readonly deploymentState: DeploymentState;
  /** The revision that was to come out last; of facts of a task, the task's. */
  readonly revision: ServiceRevision | undefined;
  /** The task definition that was to come out last; of facts of a task, the task's. */
  readonly definition: TaskDefinition | undefined;
  /** Where tasks are put; of facts of a task, where it was. */
  readonly place: Place;
  /** Tasks that stopped for a fault, and that matter now: the last first. */
  readonly failures: readonly Task[];
  /** What ECS said since then: the last first. */
  readonly events: readonly ServiceEvent[];
  /** From when on something matters now. */
  readonly since: Date;

  constructor(readonly gathered: Gathered) {
    this.service = valueOf(gathered.service);
    [this.deployment] = gathered.deployments;
    this.deploymentState = this.deployment ? stateOf(this.deployment) : rolloutState(this.service);
    this.revision = targetRevision(gathered);
    this.definition = targetTaskDefinition(gathered);
    this.place = placeOf(gathered);
    this.since = this.relevantSince();
    const failures = gathered.stoppedTasks.filter((task) => hasFailed(task) && (task.stoppedAt ?? gathered.now) >= this.since);
    this.failures = failures.filter((task) => !this.isOver(task));
    this.events = this.relevantEvents();
  }

  /** The same as a task has them: it may be of another revision than the newest, with another task definition, network and load balancer. */
  of(task: Task): Facts {
    const revision = revisionOf(this.gathered, task);
    const place = placeOf(this.gathered, revision);
    const subnet = subnetOf(task);
    const own = {
      revision,
      definition: this.gathered.taskDefinitions.get(task.taskDefinitionArn ?? "") ?? this.definition,
      place: subnet !== undefined && place.subnets.includes(subnet) ? { ...place, subnets: [subnet] } : place,
    };
    return Object.assign(Object.create(this) as Facts, own);
  }

  /** The load balancers of the revision. */
  get loadBalancers(): readonly LoadBalancer[] {
    return this.revision?.loadBalancers ?? this.service?.loadBalancers ?? [];
  }

  /** The capacity providers of the revision. */
  get capacityProviders(): readonly CapacityProviderStrategyItem[] {
    return this.revision?.capacityProviderStrategy ?? this.service?.capacityProviderStrategy ?? [];
  }

  get now(): Date {
    return this.gathered.now;
  }

  /** Tasks that are wanted and don't run. */
  get missing(): number {
    return Math.max(0, (this.service?.desiredCount ?? 0) - (this.service?.runningCount ?? 0));
  }

  /** Whether something is unfinished or failed, so that what ECS could not do matters. */
  get isTroubled(): boolean {
    return this.missing > 0 || this.failures.length > 0 || ["inProgress", "rollingBack", "failed"].includes(this.deploymentState);
  }

  /** The containers of the newest task definition; the service's own first. */
  get containers(): readonly ContainerDefinition[] {
    return this.definition?.containerDefinitions ?? [];
  }

  /** The definition of a task's container. */
  containerOf(task: Task, name: string | undefined): ContainerDefinition | undefined {
    const definition = this.gathered.taskDefinitions.get(task.taskDefinitionArn ?? "") ?? this.definition;
    return definition?.containerDefinitions?.find((container) => container.name === name);
  }

  /** The log of a task's container; else, of a task that stopped alike. */
  logOf(task: Task, container: string | undefined): LogTail | undefined {
    const { logs } = this.gathered;
    const own = logs.find((each) => each.taskArn === task.taskArn && each.container === container);
    if (own) return own;
    const alike = this.failures.filter(
      (other) =>
        other.taskDefinitionArn === task.taskDefinitionArn &&
        other.stopCode === task.stopCode &&
        other.stoppedReason === task.stoppedReason,
    );
    return logs.find((each) => each.container === container && alike.some(({ taskArn }) => taskArn === each.taskArn));
  }

  /** Seconds that a task ran; undefined where it never did. */
  ranSeconds({ startedAt, stoppedAt, stoppingAt }: Task): number | undefined {
    const end = stoppingAt ?? stoppedAt;
    return startedAt && end ? (end.getTime() - startedAt.getTime()) / 1000 : undefined;
  }

  /** Name of the service's own container: what service.yaml is of. */
  get ownContainer(): string | undefined {
    const name = this.gathered.subject.serviceName ?? this.definition?.family;
    return this.containers.find((container) => container.name === name)?.name ?? this.containers[0]?.name;
  }

  /** Path of a container's key in service.yaml: `["user"]`, `["sidecars", "proxy", "user"]`. */
  keyPath(container: string | undefined, ...keys: string[]): string[] {
    return container === undefined || container === this.ownContainer ? keys : ["sidecars", container, ...keys];
  }

  /** Whether a task could not start, or was not healthy for once, and all that are wanted are there and well since. */
  private isOver(task: Task): boolean {
    const stop = stopOf(task);
    if (!this.service || this.missing > 0 || stop === "ended" || this.deploymentState === "failed") return false;
    const { runningTaskCount = 0, requestedTaskCount = 0 } = this.deployment?.targetServiceRevision ?? {};
    if (this.deploymentState === "inProgress" && runningTaskCount < requestedTaskCount) return false;
    const stoppedAt = task.stoppedAt ?? this.now;
    if (this.deploymentState === "successful" && this.now.getTime() - stoppedAt.getTime() > settledMilliseconds)
      return !this.hasUnhealthyTargets;
    if (stop !== "notStarted") return false;
    return this.gathered.runningTasks.some(
      ({ taskDefinitionArn, startedAt }) =>
        taskDefinitionArn === task.taskDefinitionArn && startedAt !== undefined && startedAt > stoppedAt,
    );
  }

  private get hasUnhealthyTargets(): boolean {
    return [...this.gathered.targetHealth.values()].some((seen) =>
      valueOf(seen)?.some(({ TargetHealth }) => TargetHealth?.State === "unhealthy"),
    );
  }

  private relevantSince(): Date {
    const { now, stoppedTasks } = this.gathered;
    const hourAgo = new Date(now.getTime() - 3_600_000);
    if (!this.service && !this.deployment) {
      // A job: what failed before its last good run is over.
      const good = stoppedTasks.find(
        (task) => (task.containers ?? []).length > 0 && task.containers!.every(({ exitCode }) => exitCode === 0),
      );
      return good?.stoppedAt ?? hourAgo;
    }
    if (this.deploymentState === "successful") return later(this.deployment?.finishedAt, hourAgo);
    return this.deployment?.createdAt ?? hourAgo;
  }

  private relevantEvents(): readonly ServiceEvent[] {
    const events = (this.service?.events ?? []).filter(({ createdAt }) => createdAt! >= this.since);
    // A deployment that failed is followed by the steady state of the one before.
    if (this.deploymentState === "failed" || this.deploymentState === "rollingBack") return events;
    const steady = events.findIndex(({ message = "" }) => /has reached a steady state/.test(message));
    return steady < 0 ? events : events.slice(0, steady);
  }
}

/** ECS calls a deployment stopped that somebody stopped, and one that it gave up without a revision to go back to. */
function stateOf({ status, statusReason = "", deploymentCircuitBreaker }: ServiceDeployment): DeploymentState {
  const gaveUp =
    status === "STOPPED" && (/circuit breaker|alarm|failed/i.test(statusReason) || deploymentCircuitBreaker?.status === "TRIGGERED");
  return gaveUp ? "failed" : (states[status ?? ""] ?? "unknown");
}

const later = (a: Date | undefined, b: Date) => (a && a > b ? a : b);

/** Where service deployments can't be seen, the service's own list tells. */
function rolloutState(service: Service | undefined): DeploymentState {
  const primary = service?.deployments?.find(({ status }) => status === "PRIMARY");
  if (primary?.rolloutState === "COMPLETED") return "successful";
  if (primary?.rolloutState === "FAILED") return "failed";
  return primary?.rolloutState === "IN_PROGRESS" ? "inProgress" : "unknown";
}
