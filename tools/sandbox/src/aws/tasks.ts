import { randomUUID } from "node:crypto";

import { region } from "../account";
import { platformsInRegistry } from "../registryAccess";
import { AwsError, type AwsRequest } from "./requests";

interface StartedTask {
  taskArn: string;
  taskDefinitionArn: string;
  family: string;
  containerName: string;
  exitCode: number;
  startedBy?: string;
}

/** What moto says of the account, asked as the caller would ask. */
export type Ask = (operation: string, body: unknown) => Promise<Record<string, any>>;

/**
 * The tasks of jobs, which moto does not run either. A task has ended as soon as it is asked for, with the exit code that the scenario chose.
 * What ECS refuses is refused: a cluster or a task definition that is not there, an image that is not in its registry.
 */
export class Tasks {
  /** What the next tasks end with. */
  exitCode = 0;
  /** What their containers logged last. */
  lastLines: string[] = [];
  readonly started: StartedTask[] = [];

  constructor(private readonly accountId: string) {}

  /** The answer to one of the operations that are answered here; undefined for another one. */
  async answer({ service, operation, body }: AwsRequest, ask: Ask): Promise<unknown> {
    const given = () => JSON.parse(body.toString()) as Record<string, any>;
    if (service === "logs" && operation === "GetLogEvents") return { events: this.lastLines.map((message) => ({ message, timestamp: 0 })) };
    if (service !== "ecs") return undefined;
    if (operation === "RunTask") return this.runTask(given(), ask);
    if (operation === "ListTasks") return { taskArns: [] };
    if (operation === "DescribeTasks") {
      const { tasks } = given() as { tasks: string[] };
      return { tasks: this.started.filter(({ taskArn }) => tasks.includes(taskArn)).map(describe), failures: [] };
    }
    return undefined;
  }

  private async runTask(given: Record<string, any>, ask: Ask): Promise<unknown> {
    const { clusters } = await ask("DescribeClusters", { clusters: [given.cluster] });
    if (!clusters?.some(({ status }: { status: string }) => status === "ACTIVE"))
      throw new AwsError("ClusterNotFoundException", "Cluster not found.");
    const { taskDefinition } = await ask("DescribeTaskDefinition", { taskDefinition: given.taskDefinition });
    if (!taskDefinition) throw new AwsError("ClientException", "TaskDefinition not found.");
    for (const { image } of taskDefinition.containerDefinitions as { image: string }[]) {
      if (!(await platformsInRegistry(image)))
        return { tasks: [], failures: [{ reason: `CannotPullContainerError: ${image}: not found` }] };
    }
    const taskArn = `arn:aws:ecs:${region}:${this.accountId}:task/${String(given.cluster).split("/").at(-1)}/${randomUUID().replace(/-/g, "")}`;
    const task = {
      taskArn,
      taskDefinitionArn: taskDefinition.taskDefinitionArn,
      family: taskDefinition.family,
      containerName: taskDefinition.containerDefinitions[0].name,
      exitCode: this.exitCode,
    };
    this.started.push({ ...task, startedBy: given.startedBy });
    return { tasks: [describe(task)], failures: [] };
  }
}

function describe({ taskArn, taskDefinitionArn, containerName: name, exitCode }: StartedTask) {
  return { taskArn, taskDefinitionArn, lastStatus: "STOPPED", stopCode: "EssentialContainerExited", containers: [{ name, exitCode }] };
}
