import type { DescribeTasksCommandOutput } from "@aws-sdk/client-ecs";

import type { Ecs, ServiceName } from "./serviceDeployments";

export type Task = NonNullable<DescribeTasksCommandOutput["tasks"]>[number];

/** ECS describes so many tasks at once. */
const described = 100;
/** Tasks that are looked at: of so many alike the others tell no more. */
const most = 1000;

/** A service's tasks of one task definition that have ended, the first to end first. ECS keeps them for an hour. */
export async function endedTasks(ecs: Ecs, { clusterArn: cluster, serviceName }: ServiceName, taskDefinition: string): Promise<Task[]> {
  const { DescribeTasksCommand, ListTasksCommand } = await import("@aws-sdk/client-ecs");
  const tasks: Task[] = [];
  let nextToken: string | undefined;
  do {
    const page = await ecs.send(new ListTasksCommand({ cluster, serviceName, desiredStatus: "STOPPED", maxResults: described, nextToken }));
    const { taskArns = [] } = page;
    if (taskArns.length > 0) tasks.push(...((await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined && tasks.length < most);
  const time = ({ stoppingAt, stoppedAt }: Task) => (stoppingAt ?? stoppedAt)?.getTime() ?? 0;
  return tasks.filter(({ taskDefinitionArn }) => taskDefinitionArn === taskDefinition).sort((one, other) => time(one) - time(other));
}

/** Why a task ended, in ECS's words and with the exit codes of its containers. */
export function endOf(task: Task): string {
  const codes = (task.containers ?? []).flatMap(({ name, exitCode, reason }) => {
    const end = [...(exitCode === undefined ? [] : [`exit code ${exitCode}`]), ...(reason ? [reason] : [])].join(", ");
    return end ? [`${name}: ${end}`] : [];
  });
  return [task.stoppedReason ?? "no reason given", ...codes].join("; ");
}
