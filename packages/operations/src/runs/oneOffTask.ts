import type { Task } from "@aws-sdk/client-ecs";
import { UserError } from "@fairlead/model";

import { Sight } from "../asking/sight";
import { awsProblem, type Unseen } from "../aws/awsProblem";
import type { LogLine } from "../logs/logLines";
import { LogStream } from "../logs/logStream";
import type { OperatedStack } from "../operatedStack";
import type { JobInAws, ServiceInAws } from "../stack/serviceInAws";
import type { RunSettings } from "./runSettings";

type Stack = Pick<OperatedStack, "inAws" | "clients">;

/** How a task ended. */
export interface TaskEnd {
  /** Exit code of its own container; undefined where it never began. */
  exitCode: number | undefined;
  /** ECS's words. */
  reason: string | undefined;
  /** What of its log could not be seen. */
  unseen: Unseen[];
}

/** What goes on is told to somebody, who may wait. */
export interface TaskFollower {
  /** `PROVISIONING`, `PENDING`, `RUNNING`… each once. */
  onStatus: (status: string) => void;
  onLines: (lines: LogLine[]) => void;
  wait: (milliseconds: number) => Promise<unknown>;
}

/** Between two looks at a task. */
const pause = 2000;
/** CloudWatch shows a line some seconds after it was written: so often is looked again once a task has ended. */
const looksAfterTheEnd = 3;
/**
 * Looks in a row that may not show the task: ECS may not know at once what it has just started, and a connection may be gone for a while.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
const mostBlind = 30;
/** Who started it, which ECS lists tasks by. */
const startedBy = "fairlead-run";

/** A task of a service or a job that runs once, with a command of its own. */
export class OneOffTask {
  private constructor(
    private readonly stack: Stack,
    private readonly runnable: ServiceInAws | JobInAws,
    readonly taskArn: string,
  ) {}

  /** @throws UserError where ECS starts none */
  static async start(
    stack: Stack,
    runnable: ServiceInAws | JobInAws,
    settings: RunSettings,
    command: readonly string[],
  ): Promise<OneOffTask> {
    const { RunTaskCommand } = await import("@aws-sdk/client-ecs");
    const { taskDefinitionArn, ...around } = settings;
    const name = runnable.containers[0]?.name ?? runnable.name;
    const { tasks = [], failures = [] } = await (
      await stack.clients.ecs()
    ).send(
      new RunTaskCommand({
        cluster: runnable.cluster,
        taskDefinition: taskDefinitionArn,
        ...around,
        overrides: command.length > 0 ? { containerOverrides: [{ name, command: [...command] }] } : undefined,
        startedBy,
        propagateTags: "TASK_DEFINITION",
        enableECSManagedTags: true,
        count: 1,
      }),
    );
    const [task] = tasks;
    if (task?.taskArn !== undefined) return new OneOffTask(stack, runnable, task.taskArn);
    const [failure] = failures;
    throw new UserError(
      `ECS starts no task of ${runnable.name}: ${failure?.reason ?? "no reason given"}${failure?.detail ? ` (${failure.detail})` : ""}.`,
    );
  }

  get id(): string {
    return this.taskArn.split("/").at(-1)!;
  }

  /** Follows it until it has ended; what it wrote is told as it comes. */
  async follow({ onStatus, onLines, wait }: TaskFollower): Promise<TaskEnd> {
    const [own] = this.runnable.containers;
    const sight = new Sight(this.stack.inAws.stack);
    const log =
      own?.logs &&
      new LogStream(
        `${own.logs.streamPrefix}${this.id}`,
        { ...own.logs, service: this.runnable.name, container: own.name, isOwn: true },
        { clients: this.stack.clients, sight },
      );
    const tell = async () => {
      const lines = (await log?.next()) ?? [];
      if (lines.length > 0) onLines(lines);
    };
    let status = "";
    let blind = 0;
    for (;;) {
      try {
        const task = await this.describe();
        blind = task ? 0 : blind + 1;
        if (task?.lastStatus !== undefined && task.lastStatus !== status) onStatus((status = task.lastStatus));
        if (task?.lastStatus === "STOPPED" || blind >= mostBlind) {
          const missed = await this.theRest(tell, wait);
          return { ...endOf(task, own?.name), unseen: [...sight.unseen, ...missed] };
        }
        await tell();
      } catch (error) {
        if (!mayPass(error) || ++blind >= mostBlind) throw error;
      }
      await wait(pause);
    }
  }

  /** What was written last. @returns what could not be seen of it: the task's end is known all the same */
  private async theRest(tell: () => Promise<void>, wait: TaskFollower["wait"]): Promise<Unseen[]> {
    try {
      await tell();
      for (let look = 0; look < looksAfterTheEnd; look++) {
        await wait(pause);
        await tell();
      }
      return [];
    } catch (error) {
      const { kind, message } = awsProblem(error);
      return [{ what: `logs of ${this.runnable.name}`, action: "logs:GetLogEvents", kind, message }];
    }
  }

  async stop(): Promise<void> {
    const { StopTaskCommand } = await import("@aws-sdk/client-ecs");
    const ecs = await this.stack.clients.ecs();
    await ecs.send(new StopTaskCommand({ cluster: this.runnable.cluster, task: this.taskArn, reason: "Stopped by who started it" }));
  }

  private async describe(): Promise<Task | undefined> {
    const { DescribeTasksCommand } = await import("@aws-sdk/client-ecs");
    const ecs = await this.stack.clients.ecs();
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: this.runnable.cluster, tasks: [this.taskArn] }));
    return tasks[0];
  }
}

function endOf(task: Task | undefined, container: string | undefined): Omit<TaskEnd, "unseen"> {
  if (!task) return { exitCode: undefined, reason: "ECS knows nothing of the task, or nothing any more" };
  const own = task.containers?.find(({ name }) => name === container);
  return { exitCode: own?.exitCode, reason: own?.reason ?? task.stoppedReason };
}

/** Whether another look may go well. What reads the log tells its own mistakes, of which a lost connection is one. */
function mayPass(error: unknown): boolean {
  if (error instanceof UserError) return true;
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return ["unreachable", "throttled"].includes(awsProblem(error).kind) || ($metadata?.httpStatusCode ?? 0) >= 500;
}
