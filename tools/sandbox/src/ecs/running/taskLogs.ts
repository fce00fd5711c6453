import type { AccountAccess } from "./accountAccess";
import type { DockerClient } from "./dockerClient";
import { TaskProblem } from "./taskProblem";

interface Options {
  "awslogs-group"?: string;
  "awslogs-stream-prefix"?: string;
}

/** Takes what a container writes to where its task definition says: moto's CloudWatch Logs, which then answers for it. */
export class TaskLogs {
  private last = "";
  private readonly logGroupName?: string;
  private readonly logStreamName: string;

  constructor(
    { name, logConfiguration }: { name: string; logConfiguration?: { logDriver: string; options?: Options } },
    taskId: string,
    private readonly docker: DockerClient,
    private readonly account: AccountAccess,
  ) {
    const options = logConfiguration?.logDriver === "awslogs" ? logConfiguration.options : undefined;
    this.logGroupName = options?.["awslogs-group"];
    this.logStreamName = [options?.["awslogs-stream-prefix"], name, taskId].filter(Boolean).join("/");
  }

  /** @throws TaskProblem where the log group is not there */
  async open(): Promise<void> {
    if (!this.logGroupName) return;
    const { __type: refusal, message } = await this.ask("CreateLogStream", {});
    if (!refusal || refusal === "ResourceAlreadyExistsException") return;
    const problem = `failed to create Cloudwatch log stream: ${refusal}: ${message}`;
    throw new TaskProblem(
      `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: ${problem}`,
    );
  }

  /** Takes what is new. */
  async pump(container: string): Promise<void> {
    if (!this.logGroupName) return;
    const seconds = this.last && String(Date.parse(this.last) / 1000);
    const lines = (await this.docker.logs(container, seconds || "0")).filter(({ at }) => at > this.last);
    if (lines.length === 0) return;
    this.last = lines.at(-1)!.at;
    // CloudWatch Logs takes no empty event.
    const logEvents = lines.filter(({ message }) => message).map(({ at, message }) => ({ timestamp: Date.parse(at), message }));
    if (logEvents.length > 0) await this.ask("PutLogEvents", { logEvents });
  }

  private ask(operation: string, more: object): Promise<Record<string, any>> {
    const { logGroupName, logStreamName } = this;
    return this.account.json("logs", `Logs_20140328.${operation}`, { logGroupName, logStreamName, ...more });
  }
}
