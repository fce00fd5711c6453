import { randomUUID } from "node:crypto";

import { nameOf, now, serviceDeploymentId } from "./identifiers";
import type { ServiceRevision } from "./serviceRevision";
import type { Task } from "./task";

export type DeploymentStatus =
  | "PENDING"
  | "SUCCESSFUL"
  | "STOPPED"
  | "STOP_REQUESTED"
  | "IN_PROGRESS"
  | "ROLLBACK_REQUESTED"
  | "ROLLBACK_IN_PROGRESS"
  | "ROLLBACK_SUCCESSFUL"
  | "ROLLBACK_FAILED";

/** What is recorded of a service deployment. */
export interface ServiceDeployment {
  id: string;
  target: ServiceRevision;
  sources: ServiceRevision[];
  /** `deploymentConfiguration` of the service as it started. */
  configuration: Record<string, any>;
  createdAt: number;
  startedAt: number;
  updatedAt: number;
  finishedAt?: number;
  stoppedAt?: number;
  status: DeploymentStatus;
  statusReason?: string;
  lifecycleStage?: string;
  /** Failures that the circuit breaker counts, and how many it takes. */
  failureCount: number;
  threshold: number;
  /** Whether the circuit breaker ended it. */
  isTriggered?: boolean;
  rollback?: { reason?: string; startedAt: number; revision?: ServiceRevision };
}

interface ServiceEvent {
  id: string;
  createdAt: number;
  message: string;
}

/** ECS keeps as many of a service. */
const keptEvents = 100;
const ongoing: DeploymentStatus[] = ["PENDING", "IN_PROGRESS", "STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"];

/**
 * The records of one service, and ECS's rules of what they say: what its revisions and deployments become when tasks serve, or don't. Whether they
 * do is found out elsewhere.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export class DeployedService {
  readonly revisions: ServiceRevision[] = [];
  /** The newest last. */
  readonly deployments: ServiceDeployment[] = [];
  /** The newest first. */
  readonly events: ServiceEvent[] = [];
  readonly tasks: Task[] = [];
  /** The revision that the service is to have. */
  primary!: ServiceRevision;
  desiredCount = 0;
  /** `deploymentConfiguration`, with ECS's defaults. */
  configuration: Record<string, any> = {};
  healthCheckGracePeriodSeconds = 0;

  constructor(
    readonly arn: string,
    readonly clusterArn: string,
  ) {}

  get name(): string {
    return nameOf(this.arn);
  }

  get clusterName(): string {
    return nameOf(this.clusterArn);
  }

  /** The deployment that goes on. */
  get current(): ServiceDeployment | undefined {
    const last = this.deployments.at(-1);
    return last && ongoing.includes(last.status) ? last : undefined;
  }

  /** Those that run, and are to go on. */
  get runningTasks(): Task[] {
    return this.tasks.filter(({ lastStatus, desiredStatus }) => lastStatus === "RUNNING" && desiredStatus === "RUNNING");
  }

  tasksOf({ deploymentId }: ServiceRevision, ...statuses: Task["lastStatus"][]): Task[] {
    return this.tasks.filter(
      ({ startedBy, lastStatus }) => startedBy === deploymentId && (statuses.length === 0 || statuses.includes(lastStatus)),
    );
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
  note(message: string): void {
    this.events.unshift({ id: randomUUID(), createdAt: now(), message: `(service ${this.name}) ${message}` });
    this.events.length = Math.min(this.events.length, keptEvents);
  }

  /** A new revision is to replace what runs. */
  start(target: ServiceRevision): ServiceDeployment {
    const { configuration, current: overtaken } = this;
    if (overtaken) Object.assign(overtaken, { status: "STOPPED", stoppedAt: now(), finishedAt: now(), updatedAt: now() });
    const sources = this.revisions.filter((revision) => revision === this.primary || this.tasksOf(revision, "RUNNING").length > 0);
    this.revisions.push(target);
    this.primary = target;
    const { strategy = "ROLLING" } = configuration as { strategy?: string };
    const deployment: ServiceDeployment = {
      id: serviceDeploymentId(),
      target,
      sources,
      configuration,
      createdAt: now(),
      startedAt: now(),
      updatedAt: now(),
      status: "IN_PROGRESS",
      lifecycleStage: strategy === "ROLLING" ? undefined : "SCALE_UP",
      failureCount: 0,
      threshold: thresholdOf(configuration, this.desiredCount),
    };
    this.deployments.push(deployment);
    return deployment;
  }

  /** The revision serves. */
  succeed(): void {
    const deployment = this.current!;
    this.complete(deployment.target);
    this.finish(deployment, "SUCCESSFUL");
    this.note("has reached a steady state.");
  }

  /** A task of the revision did not come to serve. */
  countFailure(): void {
    const deployment = this.current!;
    deployment.target.failedTasks += 1;
    deployment.target.updatedAt = now();
    deployment.failureCount += 1;
    if (deployment.configuration.deploymentCircuitBreaker?.enable && deployment.failureCount >= deployment.threshold) this.trip();
  }

  /** A task of the revision came to serve: failures are counted anew, unless the circuit breaker is told not to. */
  countHealthy(): void {
    const { target, configuration } = this.current!;
    if (configuration.deploymentCircuitBreaker?.resetOnHealthyTask === false) return;
    this.current!.failureCount = 0;
    target.failedTasks = 0;
  }

  /** As StopServiceDeployment asks for it. */
  requestRollback(): void {
    this.rollBack();
  }

  /** The revision that was rolled back to serves again. */
  finishRollback(): void {
    const deployment = this.current!;
    this.complete(deployment.rollback!.revision!);
    this.finish(deployment, "ROLLBACK_SUCCESSFUL");
    this.note("has reached a steady state.");
  }

  private trip(): void {
    const deployment = this.current!;
    const { target, configuration } = deployment;
    const rolloutStateReason = "ECS deployment circuit breaker: tasks failed to start.";
    Object.assign(target, { rolloutState: "FAILED", rolloutStateReason, updatedAt: now() });
    deployment.isTriggered = true;
    this.note(`(deployment ${target.deploymentId}) deployment failed: tasks failed to start.`);
    if (configuration.deploymentCircuitBreaker.rollback)
      return this.rollBack("Service deployment rolled back because the circuit breaker threshold was exceeded.");
    deployment.stoppedAt = now();
    this.finish(deployment, "STOPPED", rolloutStateReason);
  }

  private rollBack(reason?: string): void {
    const deployment = this.current!;
    const revision = this.revisions.filter((known) => known !== deployment.target && known.rolloutState === "COMPLETED").at(-1);
    deployment.rollback = { reason, startedAt: now(), revision };
    if (!revision) return this.finish(deployment, "ROLLBACK_FAILED", "No rollback candidate was found to run the rollback.");
    Object.assign(deployment, { status: "ROLLBACK_IN_PROGRESS", statusReason: reason, updatedAt: now() });
    this.primary = revision;
    const rolloutStateReason = `ECS deployment circuit breaker: rolling back to deploymentId ${revision.deploymentId}.`;
    Object.assign(revision, { rolloutState: "IN_PROGRESS", rolloutStateReason, updatedAt: now() });
    this.note(`rolling back to deployment ${revision.deploymentId}.`);
  }

  private complete(revision: ServiceRevision): void {
    const rolloutStateReason = `ECS deployment ${revision.deploymentId} completed.`;
    Object.assign(revision, { rolloutState: "COMPLETED", rolloutStateReason, failedTasks: 0, updatedAt: now() });
    this.note(`(deployment ${revision.deploymentId}) deployment completed.`);
  }

  private finish(deployment: ServiceDeployment, status: DeploymentStatus, statusReason = deployment.statusReason): void {
    Object.assign(deployment, { status, statusReason, finishedAt: now(), updatedAt: now(), lifecycleStage: undefined });
  }
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentCircuitBreaker.html */
function thresholdOf({ deploymentCircuitBreaker }: Record<string, any>, desiredCount: number): number {
  const { type, value } = (deploymentCircuitBreaker?.thresholdConfiguration ?? { type: "BOUNDED_PERCENT", value: 50 }) as {
    type: string;
    value: number;
  };
  if (type === "COUNT") return value;
  const share = Math.ceil((desiredCount * value) / 100);
  return type === "UNBOUNDED_PERCENT" ? Math.max(1, share) : Math.min(200, Math.max(3, share));
}
