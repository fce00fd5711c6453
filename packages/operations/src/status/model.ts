import type { Unseen } from "../aws/awsProblem";

/** How a service is, at a glance. */
export type ServiceState = "steady" | "deploying" | "short of tasks" | "asleep" | "not there" | "unknown";

/** How a deployment ended, in ECS's words, or goes on. */
export interface DeploymentStatus {
  /** ARN of the service deployment. */
  arn: string | undefined;
  /** As ECS says it: `SUCCESSFUL`, `ROLLBACK_SUCCESSFUL`… Of services that are too many to ask for each: `COMPLETED`, `FAILED`, `IN_PROGRESS`. */
  status: string;
  reason: string | undefined;
  /** ISO 8601. */
  startedAt: string | undefined;
  /** ISO 8601. */
  finishedAt: string | undefined;
}

/** The image that a service's own container runs. */
export interface RunningImage {
  digest: string | undefined;
  /** `<version>-<commit>`; undefined where ECR knows no such tag of it. */
  tag: string | undefined;
  version: string | undefined;
  /** The commit that last touched the build's inputs. */
  commit: string | undefined;
}

/** A service as it runs. */
export interface ServiceStatus {
  name: string;
  manifest: string | undefined;
  state: ServiceState;
  /** `family:revision` of its task definition. */
  taskDefinition: string | undefined;
  image: RunningImage | undefined;
  /** Digest of the image that a rollback pinned it to. */
  pinnedImage: string | undefined;
  /** Tag of that image. */
  pinnedTag: string | undefined;
  tasks: { desired: number; running: number; pending: number } | undefined;
  /** Tasks by what ECS says of their containers' health checks; undefined where it was not asked. */
  health: { healthy: number; unhealthy: number; unknown: number } | undefined;
  /** Targets of its load balancer; undefined where it has none, or it was not asked. */
  targets: { healthy: number; others: number } | undefined;
  scaling: { minCapacity: number; maxCapacity: number; suspended: boolean } | undefined;
  lastDeployment: DeploymentStatus | undefined;
  /** Names of its alarms that are on. */
  alarms: string[];
  /** What differs from the plan, in sentences. */
  differences: string[];
}

/** An environment as it runs. */
export interface EnvironmentStatus {
  stack: string;
  region: string;
  accountId: string;
  cluster: string | undefined;
  /** ISO 8601. */
  at: string;
  services: ServiceStatus[];
  /** ECS services of the cluster that the plan doesn't have. */
  notInThePlan: string[];
  unseen: Unseen[];
}
