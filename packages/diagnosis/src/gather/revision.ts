import type { ServiceRevision, Task, TaskDefinition } from "@aws-sdk/client-ecs";
import { scheduledTask } from "@fairlead/model";

import type { Gathered } from "./gathered";
import { valueOf } from "./lookout";

/** Where tasks are put. */
export interface Place {
  subnets: string[];
  securityGroups: string[];
  /** Whether they have a public address. */
  isPublic: boolean;
}

/** The revision that the newest deployment was to bring out. After a rollback the service itself has the settings of another one, which serves. */
export function targetRevision({ deployments, revisions }: Gathered): ServiceRevision | undefined {
  return revisions.get(deployments[0]?.targetServiceRevision?.arn ?? "");
}

/** The revision that a task is of, as far as its task definition tells. */
export function revisionOf(gathered: Gathered, { taskDefinitionArn }: Task): ServiceRevision | undefined {
  const target = targetRevision(gathered);
  const candidates = [...(target ? [target] : []), ...gathered.revisions.values()];
  return candidates.find(({ taskDefinition }) => taskDefinition === taskDefinitionArn) ?? target;
}

/** ARN of the task definition that was to come out last: of the newest deployment, else of the service, else of the schedule. */
export function targetTaskDefinitionArn(gathered: Gathered): string | undefined {
  return targetRevision(gathered)?.taskDefinition ?? valueOf(gathered.service)?.taskDefinition;
}

/** The task definition that was to come out last; of a job, that of its last run. Where that can't be seen, the nearest that can. */
export function targetTaskDefinition(gathered: Gathered): TaskDefinition | undefined {
  const { taskDefinitions } = gathered;
  return taskDefinitions.get(targetTaskDefinitionArn(gathered) ?? "") ?? [...taskDefinitions.values()][0];
}

/** The subnets that tasks of a revision are put into, and the security groups that they have. What of it isn't known is the service's or the schedule's. */
export function placeOf(gathered: Gathered, revision = targetRevision(gathered)): Place {
  const { awsvpcConfiguration } = revision?.networkConfiguration ?? valueOf(gathered.service)?.networkConfiguration ?? {};
  const schedule = scheduledTask(valueOf(gathered.schedule)?.Target ?? {})?.NetworkConfiguration?.awsvpcConfiguration;
  const tasks = [...gathered.stoppedTasks, ...gathered.runningTasks].slice(0, 20).flatMap((task) => subnetOf(task) ?? []);
  return {
    subnets: awsvpcConfiguration?.subnets ?? schedule?.Subnets ?? [...new Set(tasks)],
    securityGroups: awsvpcConfiguration?.securityGroups ?? schedule?.SecurityGroups ?? [],
    isPublic: (awsvpcConfiguration?.assignPublicIp ?? schedule?.AssignPublicIp) === "ENABLED",
  };
}

/** The subnet that a task was put into, where ECS got so far. */
export function subnetOf({ attachments = [] }: Task): string | undefined {
  return attachments.flatMap(({ details = [] }) => details).find(({ name }) => name === "subnetId")?.value;
}
