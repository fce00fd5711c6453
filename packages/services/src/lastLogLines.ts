import type { AwsAccess } from "@fairlead/foundation/awsAccess";
import type { Ecs, Task } from "@fairlead/rollout";

/** The last lines that a container of a task logged to CloudWatch, by its task definition; none where it logs elsewhere, or nobody may read it. */
export async function lastLogLines(ecs: Ecs, aws: AwsAccess, task: Task, containerName: string): Promise<string[]> {
  const { DescribeTaskDefinitionCommand } = await import("@aws-sdk/client-ecs");
  try {
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: task.taskDefinitionArn }));
    const { logConfiguration } = taskDefinition?.containerDefinitions?.find(({ name }) => name === containerName) ?? {};
    if (logConfiguration?.logDriver !== "awslogs") return [];
    const { "awslogs-group": group, "awslogs-region": region, "awslogs-stream-prefix": prefix } = logConfiguration.options ?? {};
    const stream = `${prefix}/${containerName}/${task.taskArn!.split("/").at(-1)}`;
    return await readLogLines(aws, { region, logGroupName: group!, logStreamName: stream });
  } catch {
    // The failure of the task is what matters; a log that can't be read must not hide it.
    return [];
  }
}

/** What is read of one stream: its last 20 lines. */
export async function readLogLines(
  aws: AwsAccess,
  { region, ...stream }: { region?: string; logGroupName: string; logStreamName: string },
): Promise<string[]> {
  const { CloudWatchLogsClient, GetLogEventsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
  try {
    const logs = new CloudWatchLogsClient(await aws.clientConfig("logs", region));
    const { events } = await logs.send(new GetLogEventsCommand({ ...stream, limit: 20 }));
    return (events ?? []).map(({ message }) => message ?? "");
  } catch {
    return [];
  }
}
