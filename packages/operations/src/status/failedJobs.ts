import type { Task } from "@aws-sdk/client-ecs";

import { eachOf } from "../asking/inBatches";
import type { Sight } from "../asking/sight";
import type { OperatedStack } from "../operatedStack";
import type { JobInAws } from "../stack/serviceInAws";

/** Tasks of a job that are looked at: ECS shows those that ended within the hour. */
const most = 100;

/** Names of the jobs whose last task failed, of those that ECS still shows. */
export async function failedJobs({ inAws, clients }: Pick<OperatedStack, "inAws" | "clients">, sight: Sight): Promise<string[]> {
  const { DescribeTasksCommand, ListTasksCommand } = await import("@aws-sdk/client-ecs");
  const ecs = await clients.ecs();
  const failed = await eachOf(inAws.jobs, async (job) => {
    const { family, cluster = inAws.cluster } = job;
    if (family === undefined || cluster === undefined) return [];
    const tasks = await sight.seeWhere("runs of jobs", "ecs:ListTasks", ["ClusterNotFoundException"], async () => {
      const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster, family, desiredStatus: "STOPPED", maxResults: most }));
      if (taskArns.length === 0) return [];
      return (await ecs.send(new DescribeTasksCommand({ cluster, tasks: taskArns }))).tasks ?? [];
    });
    const [last] = [...(tasks ?? [])].sort((a, b) => Number(b.stoppedAt ?? 0) - Number(a.stoppedAt ?? 0));
    return last && hasFailed(last, job) ? [job.name] : [];
  });
  return failed.flat();
}

/** What somebody stopped has not failed. */
function hasFailed({ stopCode, containers = [] }: Task, job: JobInAws): boolean {
  if (stopCode === "UserInitiated") return false;
  const own = containers.find(({ name }) => name === job.containers[0]?.name);
  return own?.exitCode !== 0;
}
