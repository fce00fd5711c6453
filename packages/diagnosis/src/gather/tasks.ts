import type { Task } from "@aws-sdk/client-ecs";

import type { DiagnosisClients } from "../clients";
import type { Gathered } from "./gathered";
import { valueOf, type Lookout } from "./lookout";

/** ECS describes so many tasks at once. */
const batch = 100;
/** Stopped tasks that are described: a service that fails has hundreds alike within the hour that ECS keeps them. */
const mostStopped = 200;
/** Running tasks that are described; of more than that a part tells as much. Their numbers are the service's own. */
const mostRunning = 200;

/** The tasks of a service, or of a job's family, that run, and those that stopped within the last hour. */
export async function gatherTasks(gathered: Gathered, clients: DiagnosisClients, lookout: Lookout): Promise<void> {
  const [running, stopped] = await Promise.all([
    listed(gathered, clients, lookout, "RUNNING", mostRunning),
    listed(gathered, clients, lookout, "STOPPED", mostStopped),
  ]);
  const arns = [...running, ...stopped];
  const batches = Array.from({ length: Math.ceil(arns.length / batch) }, (_, index) => arns.slice(index * batch, (index + 1) * batch));
  const described = await Promise.all(batches.map((tasks) => describe(gathered, clients, lookout, tasks)));
  for (const task of described.flat()) {
    (task.desiredStatus === "STOPPED" || task.stopCode ? gathered.stoppedTasks : gathered.runningTasks).push(task);
  }
  gathered.stoppedTasks.sort((a, b) => Number(b.stoppedAt ?? b.stoppingAt ?? 0) - Number(a.stoppedAt ?? a.stoppingAt ?? 0));
}

async function listed(
  { subject }: Gathered,
  clients: DiagnosisClients,
  lookout: Lookout,
  desiredStatus: "RUNNING" | "STOPPED",
  most: number,
): Promise<string[]> {
  const { ListTasksCommand } = await import("@aws-sdk/client-ecs");
  const { clusterArn: cluster, serviceName, family } = subject;
  const arns: string[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListTasksCommand({ cluster, serviceName, family, desiredStatus, nextToken });
    const page = valueOf(await lookout.ask("ecs:ListTasks", async () => (await clients.ecs()).send(command)));
    arns.push(...(page?.taskArns ?? []));
    nextToken = page?.nextToken;
  } while (nextToken !== undefined && arns.length < most);
  return arns.slice(0, most);
}

async function describe({ subject }: Gathered, clients: DiagnosisClients, lookout: Lookout, tasks: string[]): Promise<Task[]> {
  const { DescribeTasksCommand } = await import("@aws-sdk/client-ecs");
  const command = new DescribeTasksCommand({ cluster: subject.clusterArn, tasks });
  return valueOf(await lookout.ask("ecs:DescribeTasks", async () => (await clients.ecs()).send(command)))?.tasks ?? [];
}
