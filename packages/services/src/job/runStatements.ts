import type { Statement } from "@fairlead/foundation";
import type { CpuArchitecture } from "@fairlead/model";
import * as pulumi from "@pulumi/pulumi";

import type { Cluster } from "../cluster/cluster";
import type { TaskDefinition } from "../task/taskDefinition";

/** What is run, and where. */
export interface RunStatementsArgs {
  cluster: Cluster;
  taskDefinition: TaskDefinition<CpuArchitecture>;
}

/**
 * Permission to run this task in this cluster, with the task's own roles. ECS refuses a task with tags to whoever may not tag it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
 */
export function runStatements({ cluster, taskDefinition }: RunStatementsArgs): Statement[] {
  return [
    {
      Effect: "Allow",
      Action: "ecs:RunTask",
      Resource: pulumi.interpolate`${taskDefinition.familyArn}:*`,
      Condition: { ArnEquals: { "ecs:cluster": cluster.arn } },
    },
    {
      Effect: "Allow",
      Action: "ecs:TagResource",
      Resource: tasksOf(cluster),
      Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [taskDefinition.executionRoleArn, taskDefinition.taskRoleArn],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
  ];
}

/** ARNs of all tasks of a cluster. */
export function tasksOf({ arn }: Cluster): pulumi.Output<string> {
  return arn.apply((value) => `${value.replace(":cluster/", ":task/")}/*`);
}
