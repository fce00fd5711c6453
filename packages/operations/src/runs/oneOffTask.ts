import type { Task } from "@aws-sdk/client-ecs";
import { UserError } from "@fairlead/model";

import { Sight } from "../asking/sight";
import type { Unseen } from "../aws/awsProblem";
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
    for (;;) {
      const task = await this.describe();
      if (task?.lastStatus !== undefined && task.lastStatus !== status) onStatus((status = task.lastStatus));
      await tell();
      if (!task || task.lastStatus === "STOPPED") {
        for (let look = 0; look < looksAfterTheEnd; look++) {
          await wait(pause);
          await tell();
        }
        return { ...endOf(task, own?.name), unseen: sight.unseen };
      }
      await wait(pause);
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
  const own = task?.containers?.find(({ name }) => name === container);
  return { exitCode: own?.exitCode, reason: own?.reason ?? task?.stoppedReason };
}
