import { serviceRole, type RoleWithPolicies, type Statement } from "@fairlead/foundation";
import type * as pulumi from "@pulumi/pulumi";

import { runStatements, type RunStatementsArgs } from "./runStatements";

/** What a schedule starts, and what it needs for it. */
export interface SchedulerRoleArgs extends RunStatementsArgs {
  /** State machine that it starts instead of the task. */
  stateMachineArn?: pulumi.Input<string>;
  deadLetterQueueArn: pulumi.Input<string>;
  /** Key of the schedule and of the queue. */
  kmsKeyArn?: pulumi.Input<string>;
}

/**
 * A role that may run this task in this cluster, with the task's own roles, or start the state machine that does, and nothing else.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
 */
export function schedulerRole(name: string, args: SchedulerRoleArgs, options: pulumi.CustomResourceOptions): RoleWithPolicies {
  const { deadLetterQueueArn, kmsKeyArn, stateMachineArn } = args;
  const statements: Statement[] = [
    ...(stateMachineArn
      ? [{ Effect: "Allow", Action: "states:StartExecution", Resource: stateMachineArn } satisfies Statement]
      : runStatements(args)),
    { Effect: "Allow", Action: "sqs:SendMessage", Resource: deadLetterQueueArn },
    ...(kmsKeyArn ? [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: kmsKeyArn } satisfies Statement] : []),
  ];
  const description = stateMachineArn ? "Starts the runs" : "Starts the task";
  return serviceRole(name, { service: "scheduler.amazonaws.com", description, statements }, options);
}
