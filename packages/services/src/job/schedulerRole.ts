import { serviceRole, type RoleWithPolicies, type Statement } from "@fairlead/foundation";
import type { CpuArchitecture } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

import type { Cluster } from "../cluster/cluster";
import type { TaskDefinition } from "../task/taskDefinition";

/** What a schedule starts, and what it needs for it. */
export interface SchedulerRoleArgs {
  cluster: Cluster;
  taskDefinition: TaskDefinition<CpuArchitecture>;
  deadLetterQueueArn: pulumi.Input<string>;
  /** Key of the schedule and of the queue. */
  kmsKeyArn?: pulumi.Input<string>;
}

/**
 * A role that may run this task in this cluster, with the task's own roles, and nothing else. ECS refuses a task with tags to whoever may not tag it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
 */
export function schedulerRole(name: string, args: SchedulerRoleArgs, options: pulumi.CustomResourceOptions): RoleWithPolicies {
  const { cluster, taskDefinition, deadLetterQueueArn, kmsKeyArn } = args;
  const statements: Statement[] = [
    {
      Effect: "Allow",
      Action: "ecs:RunTask",
      Resource: pulumi.interpolate`${taskDefinition.familyArn}:*`,
      Condition: { ArnEquals: { "ecs:cluster": cluster.arn } },
    },
    {
      Effect: "Allow",
      Action: "ecs:TagResource",
      Resource: cluster.arn.apply((arn) => `${arn.replace(":cluster/", ":task/")}/*`),
      Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [taskDefinition.executionRoleArn, taskDefinition.taskRoleArn],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    { Effect: "Allow", Action: "sqs:SendMessage", Resource: deadLetterQueueArn },
    ...(kmsKeyArn ? [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: kmsKeyArn } satisfies Statement] : []),
  ];
  return serviceRole(name, { service: "scheduler.amazonaws.com", description: "Starts the task", statements }, options);
}
