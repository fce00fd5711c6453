import { createHash } from "node:crypto";
import type { DescribeTasksCommandOutput, ECSClient, RunTaskCommandInput } from "@aws-sdk/client-ecs";
import { coded, likelyCause } from "@fairlead/model";

/** What to run, and how long to wait for it. */
export interface RunTaskArgs {
  name: string;
  clusterArn: string;
  taskDefinitionArn: string;
  subnetIds: string[];
  securityGroupIds: string[];
  capacityProviderStrategy: { capacityProvider: string; base?: number; weight?: number }[];
  timeoutMinutes: number;
  /** Whether its task has a public IPv4 address. False by default. */
  assignPublicIp?: boolean;
}

/** What the run needs from outside. */
export interface RunTaskContext {
  client: Pick<ECSClient, "send">;
  /** Last lines that a container of the task logged. */
  logLines: (containerName: string, taskId: string) => Promise<string[]>;
  sleep: (seconds: number) => Promise<void>;
  /** Starts a task; a second call with the same token starts no second one. */
  clientToken: string;
}

type Task = NonNullable<DescribeTasksCommandOutput["tasks"]>[number];

/** A job that did not end well; its message is for whoever ran `up`. */
export class JobFailed extends Error {}

const pollSeconds = 5;

/**
 * Runs a task once and waits for its end. One that runs already, since an `up` before this one was cut off, is waited for: a second migration beside the
 * first would be worse than none.
 *
 * @returns the task's ARN
 * @throws JobFailed unless every essential container ended with exit code 0
 */
export async function runTask(args: RunTaskArgs, context: RunTaskContext): Promise<string> {
  const { DescribeTasksCommand, StopTaskCommand } = await import("@aws-sdk/client-ecs");
  const { client, sleep } = context;
  const taskArn = (await runningTask(args, client)) ?? (await startTask(args, context));
  let start: number | undefined;
  for (let waited = 0; ; waited += pollSeconds) {
    const { tasks } = await client
      .send(new DescribeTasksCommand({ cluster: args.clusterArn, tasks: [taskArn] }))
      .catch((error: unknown) => Promise.reject(goesOn(args, taskArn, error)));
    const task = tasks?.[0];
    if (task?.lastStatus === "STOPPED") {
      await refuseFailure(args, task, context);
      return taskArn;
    }
    // One that was found has run for a while.
    start ??= waited - secondsSince(task?.createdAt);
    if (waited - start >= args.timeoutMinutes * 60) break;
    await sleep(pollSeconds);
  }
  await client.send(new StopTaskCommand({ cluster: args.clusterArn, task: taskArn, reason: "Its time is over" }));
  throw new JobFailed(
    coded(
      "FL2202",
      `job ${args.name} ran for ${args.timeoutMinutes} minutes and was stopped (${taskArn}). ` +
        `What waits for it was left as it is. Raise timeoutMinutes, or make the job shorter.`,
    ),
  );
}

/** The job's task that runs already with this revision of its definition. */
async function runningTask(args: RunTaskArgs, client: RunTaskContext["client"]): Promise<string | undefined> {
  const { ListTasksCommand } = await import("@aws-sdk/client-ecs");
  const { taskArns } = await client.send(new ListTasksCommand({ cluster: args.clusterArn, startedBy: startedBy(args) }));
  return taskArns?.[0];
}

async function startTask(args: RunTaskArgs, { client, clientToken }: RunTaskContext): Promise<string> {
  const { RunTaskCommand } = await import("@aws-sdk/client-ecs");
  const { tasks, failures = [] } = await client.send(new RunTaskCommand({ ...runTaskInput(args), clientToken }));
  const taskArn = tasks?.[0]?.taskArn;
  if (taskArn) return taskArn;
  const reasons = failures.map(({ reason, detail }) => [reason, detail].filter(Boolean).join(": "));
  throw new JobFailed(coded("FL2201", `job ${args.name}: ECS did not start its task: ${reasons.join("; ") || "no reason given"}.`));
}

/**
 * The same for each run of a job with one revision of its task definition, and for no other. It is a hash: ECS documents 36
 * characters for the tasks that are started on an instance, 128 for others.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
 */
export function startedBy({ name, taskDefinitionArn }: Pick<RunTaskArgs, "name" | "taskDefinitionArn">): string {
  return `fairlead/${createHash("sha256").update(`${name} ${taskDefinitionArn}`).digest("hex").slice(0, 27)}`;
}

function secondsSince(time: Date | undefined): number {
  return time ? Math.max(0, (Date.now() - time.getTime()) / 1000) : 0;
}

const endOfSession = /^(ExpiredToken|ExpiredTokenException|UnrecognizedClientException|CredentialsProviderError|TokenProviderError)$/;

/** What it means for a task that AWS can't be asked about it any longer. */
function goesOn({ name }: RunTaskArgs, taskArn: string, error: unknown): unknown {
  if (!(error instanceof Error) || !endOfSession.test(error.name)) return error;
  return new JobFailed(
    coded(
      "FL2203",
      `job ${name} still runs, and the session of whoever ran \`up\` has ended (${error.name}). Run \`up\` again: it waits for the same task, ${taskArn}.`,
    ),
  );
}

function runTaskInput(args: RunTaskArgs): RunTaskCommandInput {
  return {
    cluster: args.clusterArn,
    taskDefinition: args.taskDefinitionArn,
    count: 1,
    startedBy: startedBy(args),
    capacityProviderStrategy: args.capacityProviderStrategy,
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: args.subnetIds,
        securityGroups: args.securityGroupIds,
        assignPublicIp: args.assignPublicIp ? "ENABLED" : "DISABLED",
      },
    },
    propagateTags: "TASK_DEFINITION",
    enableECSManagedTags: true,
  };
}

async function refuseFailure(args: RunTaskArgs, task: Task, { logLines }: RunTaskContext): Promise<void> {
  const failed = (task.containers ?? []).filter(({ exitCode }) => exitCode !== 0);
  // A sidecar that is ended with the task has no part in the job's success.
  const own = failed.filter(({ exitCode, reason, name }) => name === args.name || (exitCode === undefined && reason));
  if (own.length === 0 && task.stopCode === "EssentialContainerExited") return;
  const taskId = task.taskArn!.split("/").at(-1)!;
  const lines = await logLines(args.name, taskId);
  const exitCode = own[0]?.exitCode;
  const reason = own[0]?.reason || task.stoppedReason || "no reason given";
  const { cause, fix } = likelyCause({ exitCode, reason, lines }) ?? {};
  throw new JobFailed(
    [
      coded(
        "FL2201",
        `job ${args.name} failed: ${exitCode === undefined ? "its container never ran" : `exit code ${exitCode}`} (${reason}).`,
      ),
      ...(cause ? [`Likely cause: ${[cause, fix].filter(Boolean).join(" ")}`] : []),
      ...(lines.length > 0 ? ["Last lines of its log:", ...lines.map((line) => `  ${line}`)] : ["It logged nothing."]),
      `What waits for it was left as it is. Task: ${task.taskArn}`,
    ].join("\n"),
  );
}
