import { AwsError, type AwsRequest } from "../aws/requests";
import { platformsInRegistry } from "../registryAccess";
import { nameOf } from "./identifiers";
import { paged } from "./paged";
import { describedTask, end, newTask, run, type Task, type TaskEnd } from "./task";

/** What is asked or answered, of any shape. */
export type Document = Record<string, any>;

/** What moto says of the account, asked as the caller would ask. */
export type Ask = (operation: string, body: unknown) => Promise<Record<string, any>>;

/** Tasks that are of no job. */
export interface ServiceTasks {
  readonly tasks: Task[];
  /** Whether what they write is in moto's CloudWatch Logs. */
  readonly keepsLogs: boolean;
  stop(task: Task, how: TaskEnd): void;
}

/**
 * The tasks of jobs, which moto does not run either. A task has ended as soon as it is asked for, with the exit code that the scenario chose, unless
 * it is to go on. What ECS refuses is refused, by moto; a task that lacks what it needs ends before it runs. Tasks of services are listed and
 * described among them.
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
  readonly started: Task[] = [];

  /** @param isMoto whether the API is moto as the sandbox completes it, which knows what a task would lack, and starts none itself */
  constructor(
    private readonly accountId: string,
    private readonly isMoto = true,
    private readonly services?: ServiceTasks,
  ) {}

  /** The answer to one of the operations that are answered here; undefined for another one. */
  async answer({ service, operation, body }: AwsRequest, ask: Ask): Promise<unknown> {
    const given = () => JSON.parse(body.toString()) as Record<string, any>;
    if (service === "logs" && operation === "GetLogEvents" && !this.hasLog(given()))
      return { events: this.lastLines.map((message) => ({ message, timestamp: Date.now() })) };
    if (service !== "ecs") return undefined;
    if (operation === "RunTask") return this.runTask(given(), ask);
    if (operation === "ListTasks") return this.list(given());
    if (operation === "DescribeTasks") return this.describe(given());
    if (operation === "StopTask") return this.stop(given());
    return undefined;
  }

  /** Ends what runs of jobs. */
  endAll(): void {
    for (const task of this.started) end(task, exited(this.exitCode));
  }

  private async runTask(given: Record<string, any>, ask: Ask): Promise<unknown> {
    const again = this.started.find(({ clientToken }) => clientToken !== undefined && clientToken === given.clientToken);
    if (again) return { tasks: [describedTask(again, this.accountId)], failures: [] };
    const lacks = this.isMoto ? await lacksOf(given, ask) : await refuseMissingCluster(given, ask);
    const { taskDefinition } = await ask("DescribeTaskDefinition", { taskDefinition: given.taskDefinition });
    if (!taskDefinition) throw new AwsError("ClientException", "TaskDefinition not found.");
    const { startedBy, clientToken } = given as Pick<Task, "startedBy" | "clientToken">;
    const task = newTask(this.accountId, nameOf(given.cluster), taskDefinition, { startedBy, clientToken });
    const problem = lacks.length > 0 ? `ResourceInitializationError: ${lacks.join("; ")}` : await imageProblem(taskDefinition);
    if (problem) end(task, { stopCode: "TaskFailedToStart", stoppedReason: problem });
    else run(task);
    if (!this.goOn) end(task, exited(this.exitCode));
    this.started.push(task);
    return { tasks: [describedTask(task, this.accountId)], failures: [] };
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
  private list(given: Record<string, any>): unknown {
    const { cluster, startedBy, family, serviceName, desiredStatus = "RUNNING" } = given;
    if (startedBy && (family || serviceName)) throw new AwsError("InvalidParameterException", "startedBy must be the only filter.");
    const found = this.all
      .filter((task) => task.clusterName === nameOf(cluster) && task.desiredStatus === desiredStatus)
      .filter((task) => !serviceName || task.serviceName === nameOf(serviceName))
      .filter((task) => (!startedBy || task.startedBy === startedBy) && (!family || task.family === family));
    const { page, nextToken } = paged(found, given, 100);
    return { taskArns: page.map(({ taskArn }) => taskArn), nextToken };
  }

  private describe({ cluster, tasks }: Record<string, any>): unknown {
    if (tasks.length > 100) throw new AwsError("InvalidParameterException", "Tasks cannot be more than 100");
    const found = (tasks as string[]).map((task) => [task, this.find(cluster, task)] as const);
    return {
      tasks: found.flatMap(([, task]) => (task ? [describedTask(task, this.accountId)] : [])),
      failures: found.flatMap(([arn, task]) => (task ? [] : [{ arn, reason: "MISSING" }])),
    };
  }

  private stop({ cluster, task: wanted, reason = "" }: Record<string, any>): unknown {
    const task = this.find(cluster, wanted as string);
    if (!task) throw new AwsError("InvalidParameterException", "The referenced task was not found.");
    // As a program that is ended by SIGTERM.
    const how = { stopCode: "UserInitiated", stoppedReason: reason as string, exitCode: 143 };
    if (this.services?.tasks.includes(task)) this.services.stop(task, how);
    else end(task, how);
    return { task: describedTask(task, this.accountId) };
  }

  private hasLog({ logStreamName }: Document): boolean {
    if (!this.services?.keepsLogs) return false;
    return this.services.tasks.some(({ taskArn }) => nameOf(taskArn) === nameOf(logStreamName));
  }

  private get all(): Task[] {
    return [...this.started, ...(this.services?.tasks ?? [])];
  }

  private find(cluster: unknown, task: string): Task | undefined {
    return this.all.find(({ taskArn, clusterName }) => clusterName === nameOf(cluster) && nameOf(taskArn) === nameOf(task));
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

function exited(exitCode: number): TaskEnd {
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
