import { ecsArn, now, taskId } from "./identifiers";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
export type TaskStatus = "PROVISIONING" | "PENDING" | "ACTIVATING" | "RUNNING" | "DEACTIVATING" | "STOPPING" | "DEPROVISIONING" | "STOPPED";

export type HealthStatus = "HEALTHY" | "UNHEALTHY" | "UNKNOWN";

export interface TaskContainer {
  name: string;
  image?: string;
  imageDigest?: string;
  lastStatus: "PENDING" | "RUNNING" | "STOPPED";
  exitCode?: number;
  reason?: string;
  healthStatus?: HealthStatus;
  runtimeId?: string;
}

/** What is recorded of a task, of a job or a service. */
export interface Task {
  taskArn: string;
  clusterName: string;
  taskDefinitionArn: string;
  family: string;
  /** Of a service. */
  serviceName?: string;
  /** `ecs-svc/…` of a service's deployment, or what a call of RunTask says. */
  startedBy?: string;
  clientToken?: string;
  launchType?: string;
  capacityProviderName?: string;
  enableExecuteCommand?: boolean;
  privateIpv4Address?: string;
  createdAt: number;
  startedAt?: number;
  stoppingAt?: number;
  stoppedAt?: number;
  lastStatus: TaskStatus;
  desiredStatus: "RUNNING" | "STOPPED";
  healthStatus?: HealthStatus;
  containers: TaskContainer[];
  stopCode?: string;
  stoppedReason?: string;
}

/** How a task ended. */
export interface TaskEnd {
  stopCode: string;
  stoppedReason: string;
  /** Of its first container. */
  exitCode?: number;
  /** What Docker said of its first container: `OutOfMemoryError: …`. */
  reason?: string;
}

/** A task that was just asked for, of a task definition as DescribeTaskDefinition has it. */
export function newTask(accountId: string, clusterName: string, definition: Record<string, any>, more: Partial<Task> = {}): Task {
  return {
    taskArn: ecsArn(accountId, "task", clusterName, taskId()),
    clusterName,
    taskDefinitionArn: definition.taskDefinitionArn,
    family: definition.family,
    createdAt: now(),
    lastStatus: "PROVISIONING",
    desiredStatus: "RUNNING",
    containers: (definition.containerDefinitions as { name: string; image: string }[]).map(({ name, image }) => ({
      name,
      image,
      imageDigest: image.split("@")[1],
      lastStatus: "PENDING",
    })),
    ...more,
  };
}

/** Notes that a task runs. */
export function run(task: Task): void {
  Object.assign(task, { lastStatus: "RUNNING", startedAt: now() });
  for (const container of task.containers) container.lastStatus = "RUNNING";
}

/** Notes how a task ended, unless it has ended before. */
export function end(task: Task, { stopCode, stoppedReason, exitCode, reason }: TaskEnd): void {
  if (task.stoppedAt !== undefined) return;
  Object.assign(task, {
    lastStatus: "STOPPED",
    desiredStatus: "STOPPED",
    stoppingAt: task.stoppingAt ?? now(),
    stoppedAt: now(),
    stopCode,
    stoppedReason,
  });
  for (const container of task.containers) container.lastStatus = "STOPPED";
  Object.assign(task.containers[0]!, { exitCode, reason });
}

/** A task as DescribeTasks has it. */
export function describedTask({ clusterName, family, serviceName, clientToken: _, privateIpv4Address, ...task }: Task, accountId: string) {
  const attachmentId = task.taskArn
    .split("/")
    .at(-1)!
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  const networkInterfaces = privateIpv4Address && [{ attachmentId, privateIpv4Address }];
  return {
    ...task,
    clusterArn: ecsArn(accountId, "cluster", clusterName),
    group: serviceName ? `service:${serviceName}` : `family:${family}`,
    containers: task.containers.map((container) => ({ ...container, taskArn: task.taskArn, networkInterfaces: networkInterfaces || [] })),
    attachments: privateIpv4Address
      ? [
          {
            id: attachmentId,
            type: "ElasticNetworkInterface",
            status: task.lastStatus === "STOPPED" ? "DELETED" : "ATTACHED",
            details: [{ name: "privateIPv4Address", value: privateIpv4Address }],
          },
        ]
      : [],
  };
}

/** As ECS names tasks in events. */
export function named(tasks: Task[]): string {
  return tasks.map(({ taskArn }) => `(task ${taskArn.split("/").at(-1)})`).join(" ");
}
