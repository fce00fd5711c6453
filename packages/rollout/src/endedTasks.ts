import type { DescribeTasksCommandOutput } from "@aws-sdk/client-ecs";

import type { Ecs, ServiceName } from "./serviceDeployments";

export type Task = NonNullable<DescribeTasksCommandOutput["tasks"]>[number];

/** ECS describes so many tasks at once. */
const described = 100;

/** A service's tasks of one task definition that have ended, the first to end first. ECS keeps them for an hour. */
export async function endedTasks(ecs: Ecs, { clusterArn: cluster, serviceName }: ServiceName, taskDefinition: string): Promise<Task[]> {
  const { DescribeTasksCommand, ListTasksCommand } = await import("@aws-sdk/client-ecs");
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, serviceName, desiredStatus: "STOPPED", maxResults: described }));
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  const time = ({ stoppingAt, stoppedAt }: Task) => (stoppingAt ?? stoppedAt)?.getTime() ?? 0;
  return tasks.filter(({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition).sort((one, other) => time(one) - time(other));
}

/**
 * Whether a task ended otherwise than by its service's scaling or deployment, or by a person. One that is unhealthy is ended by the scheduler as well, which
 * says so.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function hasFailed({ stopCode, stoppedReason = "" }: Task): boolean {
  if (stopCode === "UserInitiated") return false;
  return stopCode !== "ServiceSchedulerInitiated" || /failed .*health checks/i.test(stoppedReason);
}

/** Why a task ended, in ECS's words and with the exit codes of its containers. */
export function endOf(task: Task): string {
  const codes = (task.containers ?? []).flatMap(({ name, exitCode, reason }) => {
    const end = [...(exitCode === undefined ? [] : [`exit code ${exitCode}`]), ...(reason ? [reason] : [])].join(", ");
    return end ? [`${name}: ${end}`] : [];
  });
  return [task.stoppedReason ?? "no reason given", ...codes].join("; ");
}
