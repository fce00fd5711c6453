import { randomUUID } from "node:crypto";

import { region } from "../sandboxAccount";
import { platformsInRegistry } from "../registryAccess";
import { AwsError, type AwsRequest } from "./requests";

interface StartedTask {
  taskArn: string;
  clusterName: string;
  taskDefinitionArn: string;
  family: string;
  containerName: string;
  createdAt: number;
  startedBy?: string;
  clientToken?: string;
  /** How it ended; it runs until then. */
  end?: { stopCode: string; stoppedReason: string; exitCode?: number };
}

/** What moto says of the account, asked as the caller would ask. */
export type Ask = (operation: string, body: unknown) => Promise<Record<string, any>>;

/**
 * The tasks of jobs, which moto does not run either. A task has ended as soon as it is asked for, with the exit code that the scenario chose, unless
 * it is to go on. What ECS refuses is refused, by moto; a task that lacks what it needs ends before it runs.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export class EcsTasks {
  /** What the next tasks end with. */
  exitCode = 0;
  /** Whether the next tasks run until {@link endAll}. */
  goOn = false;
  /** What their containers logged last. */
  lastLines: string[] = [];
  readonly started: StartedTask[] = [];

  /** @param isMoto whether the API is moto as the sandbox completes it, which knows what a task would lack, and starts none itself */
  constructor(
    private readonly accountId: string,
    private readonly isMoto = true,
  ) {}

  /** The answer to one of the operations that are answered here; undefined for another one. */
  async answer({ service, operation, body }: AwsRequest, ask: Ask): Promise<unknown> {
    const given = () => JSON.parse(body.toString()) as Record<string, any>;
    if (service === "logs" && operation === "GetLogEvents") return { events: this.lastLines.map((message) => ({ message, timestamp: 0 })) };
    if (service !== "ecs") return undefined;
    if (operation === "RunTask") return this.runTask(given(), ask);
    if (operation === "ListTasks") return { taskArns: this.list(given()) };
    if (operation === "DescribeTasks") return this.describe(given());
    if (operation === "StopTask") return this.stop(given());
    return undefined;
  }

  /** Ends what runs. */
  endAll(): void {
    for (const task of this.started) task.end ??= exited(this.exitCode);
  }

  private async runTask(given: Record<string, any>, ask: Ask): Promise<unknown> {
    const again = this.started.find(({ clientToken }) => clientToken !== undefined && clientToken === given.clientToken);
    if (again) return { tasks: [described(again)], failures: [] };
    const lacks = this.isMoto ? await lacksOf(given, ask) : await refuseMissingCluster(given, ask);
    const { taskDefinition } = await ask("DescribeTaskDefinition", { taskDefinition: given.taskDefinition });
    if (!taskDefinition) throw new AwsError("ClientException", "TaskDefinition not found.");
    const clusterName = nameOf(given.cluster);
    const task: StartedTask = {
      taskArn: `arn:aws:ecs:${region}:${this.accountId}:task/${clusterName}/${randomUUID().replace(/-/g, "")}`,
      clusterName,
      taskDefinitionArn: taskDefinition.taskDefinitionArn,
      family: taskDefinition.family,
      containerName: taskDefinition.containerDefinitions[0].name,
      createdAt: Date.now() / 1000,
      startedBy: given.startedBy,
      clientToken: given.clientToken,
    };
    const problem = lacks.length > 0 ? `ResourceInitializationError: ${lacks.join("; ")}` : await imageProblem(taskDefinition);
    if (problem) task.end = { stopCode: "TaskFailedToStart", stoppedReason: problem };
    else if (!this.goOn) task.end = exited(this.exitCode);
    this.started.push(task);
    return { tasks: [described(task)], failures: [] };
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
  private list({ cluster, startedBy, family, serviceName, desiredStatus = "RUNNING" }: Record<string, any>): string[] {
    if (startedBy && (family || serviceName)) throw new AwsError("InvalidParameterException", "startedBy must be the only filter.");
    return this.started
      .filter((task) => task.clusterName === nameOf(cluster) && desiredStatusOf(task) === desiredStatus && !serviceName)
      .filter((task) => (!startedBy || task.startedBy === startedBy) && (!family || task.family === family))
      .map(({ taskArn }) => taskArn);
  }

  private describe({ cluster, tasks }: Record<string, any>): unknown {
    const found = (tasks as string[]).map((task) => [task, this.find(cluster, task)] as const);
    return {
      tasks: found.flatMap(([, task]) => (task ? [described(task)] : [])),
      failures: found.flatMap(([arn, task]) => (task ? [] : [{ arn, reason: "MISSING" }])),
    };
  }

  private stop({ cluster, task: wanted, reason = "" }: Record<string, any>): unknown {
    const task = this.find(cluster, wanted as string);
    if (!task) throw new AwsError("InvalidParameterException", "The referenced task was not found.");
    // As a program that is ended by SIGTERM.
    task.end ??= { stopCode: "UserInitiated", stoppedReason: reason, exitCode: 143 };
    return { task: described(task) };
  }

  private find(cluster: unknown, task: string): StartedTask | undefined {
    return this.started.find(({ taskArn, clusterName }) => clusterName === nameOf(cluster) && nameOf(taskArn) === nameOf(task));
  }
}

async function lacksOf(given: Record<string, any>, ask: Ask): Promise<string[]> {
  const { __type: refusal, message, Message, lacks } = await ask("RunTask", given);
  if (refusal) throw new AwsError(refusal as string, (message ?? Message) as string);
  return lacks as string[];
}

/** Another API would start a task of its own if it were asked to run one. */
async function refuseMissingCluster({ cluster }: Record<string, any>, ask: Ask): Promise<string[]> {
  const { clusters } = await ask("DescribeClusters", { clusters: [cluster] });
  const isActive = (clusters as { status: string }[] | undefined)?.some(({ status }) => status === "ACTIVE");
  if (!isActive) throw new AwsError("ClusterNotFoundException", "Cluster not found.");
  return [];
}

/** By its name or its ARN. */
function nameOf(reference: unknown = "default"): string {
  return String(reference).split("/").at(-1)!;
}

function exited(exitCode: number): StartedTask["end"] {
  return { stopCode: "EssentialContainerExited", stoppedReason: "Essential container in task exited", exitCode };
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html */
async function imageProblem({ containerDefinitions, runtimePlatform }: Record<string, any>): Promise<string | undefined> {
  const platform = `linux/${runtimePlatform?.cpuArchitecture === "ARM64" ? "arm64" : "amd64"}`;
  for (const { image } of containerDefinitions as { image: string }[]) {
    const platforms = await platformsInRegistry(image);
    if (!platforms) return `CannotPullContainerError: ${image}: not found`;
    if (!platforms.includes(platform)) return `CannotPullContainerError: ${image}: no descriptor matching platform '${platform}'`;
  }
  return undefined;
}

function desiredStatusOf({ end }: StartedTask): string {
  return end ? "STOPPED" : "RUNNING";
}

function described(task: StartedTask) {
  const { taskArn, taskDefinitionArn, containerName: name, createdAt, startedBy, end } = task;
  const status = desiredStatusOf(task);
  const { stopCode, stoppedReason, exitCode } = end ?? {};
  const containers = [{ name, lastStatus: status, exitCode }];
  return {
    taskArn,
    taskDefinitionArn,
    createdAt,
    startedBy,
    desiredStatus: status,
    lastStatus: status,
    stopCode,
    stoppedReason,
    containers,
  };
}
