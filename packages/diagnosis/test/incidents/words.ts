import type { DeploymentSketch, TaskSketch } from "./sketch";

export const account = "111122223333";
export const region = "eu-west-1";
export const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
export const digest = `sha256:${"4f".repeat(32)}`;
/** The repository that scenes have for the service. */
export const repository = `${registry}/fairlead/dev/orders`;
export const image = `${repository}@${digest}`;
export const targetGroup = `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/orders/4d2246e3635cc45b`;
export const role = "orders-execution";
export const roleSession = `arn:aws:sts::${account}:assumed-role/${role}/259ab992ff9d4af08a4fc104adda511d`;
export const secretArn = (name: string) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-UMl6GF`;
export const parameterArn = (name: string) => `arn:aws:ssm:${region}:${account}:parameter${name}`;

/** A deployment that began this long ago and whose tasks fail. */
export const failing = (minutesAgo = 12, failedTasks = 2, more: Partial<DeploymentSketch> = {}): DeploymentSketch => ({
  state: "rolling",
  minutesAgo,
  failedTasks,
  ...more,
});

/** The circuit breaker has brought back the revision before. */
export const rolledBack = (minutesAgo = 30, more: Partial<DeploymentSketch> = {}): DeploymentSketch => ({
  state: "rolled back",
  minutesAgo,
  failedTasks: 3,
  reason: "Service deployment rolled back because the circuit breaker threshold was exceeded.",
  breaker: { state: "TRIGGERED", failures: 3, threshold: 3 },
  ...more,
});

export const steady = (minutesAgo = 3 * 24 * 60): DeploymentSketch => ({ state: "steady", minutesAgo });

/** A task that ECS could not start. Fargate says why in the task; of images, in the container as well. */
export const notStarted = (reason: string, more: Partial<TaskSketch> = {}): TaskSketch => ({
  times: 2,
  age: (more.stoppedAgo ?? 3) + 2,
  stoppedAgo: 3,
  stop: ["TaskFailedToStart", reason],
  exits: /^Cannot/.test(reason) ? { app: [undefined, reason] } : {},
  ...more,
});

export const exited = (code: number, more: Partial<TaskSketch> & { reason?: string } = {}): TaskSketch => {
  const { reason, ...task } = more;
  return {
    times: 2,
    age: (more.stoppedAgo ?? 3) + 1,
    stoppedAgo: 3,
    stop: ["EssentialContainerExited", "Essential container in task exited"],
    exits: { app: [code, reason] },
    ...task,
  };
};

/** Stopped as the load balancer saw it fail. */
export const failedTarget = (code = 143, more: Partial<TaskSketch> = {}): TaskSketch => ({
  times: 2,
  age: (more.stoppedAgo ?? 2) + 4,
  stoppedAgo: 2,
  stop: ["ServiceSchedulerInitiated", `Task failed ELB health checks in (target-group ${targetGroup})`],
  exits: { app: [code] },
  ...more,
});

/** Stopped as its own health check failed. */
export const failedCheck = (code = 143, more: Partial<TaskSketch> = {}): TaskSketch => ({
  times: 2,
  age: (more.stoppedAgo ?? 2) + 4,
  stoppedAgo: 2,
  stop: ["ServiceSchedulerInitiated", "Task failed container health checks"],
  exits: { app: [code] },
  health: "UNHEALTHY",
  ...more,
});

/** Stopped by the scheduler since there are more than desired, or since a deployment replaces it. */
export const scaledIn = (more: Partial<TaskSketch> = {}): TaskSketch => ({
  age: 300,
  stoppedAgo: 5,
  stop: ["ServiceSchedulerInitiated", "Scaling activity initiated by (deployment ecs-svc/4125071934000886933)"],
  exits: { app: [143] },
  ...more,
});

export const healthy = (times = 2, more: Partial<TaskSketch> = {}): TaskSketch => ({
  times,
  age: 400,
  health: "UNKNOWN",
  target: ["healthy"],
  ...more,
});
/** The revision before, still serving. */
export const before = (times = 2, more: Partial<TaskSketch> = {}): TaskSketch => healthy(times, { revision: 41, age: 3000, ...more });

const service = "(service orders)";
export const started = (minutesAgo: number, count = 1): [number, string] => [
  minutesAgo,
  `${service} has started ${count} tasks: (task 60a736a708f44dfcb1191e0771825ad5).`,
];
export const replaced = (minutesAgo: number, count = 1): [number, string] => [
  minutesAgo,
  `${service} has started ${count} tasks: (task 0668979337dc48ebb791640cd1162053). Amazon ECS replaced ${count} tasks due to an unhealthy status.`,
];
export const stoppedTasks = (minutesAgo: number, count = 1): [number, string] => [
  minutesAgo,
  `${service} has stopped ${count} running tasks: (task 9d85800c30b349039d104d52b506b930).`,
];
export const unplaced = (minutesAgo: number, reason: string): [number, string] => [
  minutesAgo,
  `${service} was unable to place a task. Reason: ${reason}.`,
];
export const unhealthyTarget = (minutesAgo: number, reason: string, port = 8080): [number, string] => [
  minutesAgo,
  `${service} (task 9d85800c30b349039d104d52b506b930) (port ${port}) is unhealthy in (target-group ${targetGroup}) due to (reason ${reason}).`,
];
export const steadyState = (minutesAgo: number): [number, string] => [minutesAgo, `${service} has reached a steady state.`];
export const completed = (minutesAgo: number): [number, string] => [
  minutesAgo,
  `${service} (deployment ecs-svc/2222222222222222222) deployment completed.`,
];
export const inconsistent = (minutesAgo: number): [number, string] => [
  minutesAgo,
  `${service} is unable to consistently start tasks successfully.`,
];
export const failed = (minutesAgo: number, why = "tasks failed to start"): [number, string][] => [
  [minutesAgo, `${service} rolling back to deployment ecs-svc/1111111111111111111.`],
  [minutesAgo, `${service} (deployment ecs-svc/2222222222222222222) deployment failed: ${why}.`],
];
/** EC2's: no instance will do. */
export const noInstance = (minutesAgo: number, closest: string): [number, string] => [
  minutesAgo,
  `${service} was unable to place a task because no container instance met all of its requirements. The closest matching container-instance 2811a2a83e7d47f5a6fe6307a40f0f3b ${closest}. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.`,
];

/** What a healthy web service logs. */
export const quiet = ["GET /health 200 1ms", "GET /orders/17 200 12ms", "GET /health 200 1ms"];
