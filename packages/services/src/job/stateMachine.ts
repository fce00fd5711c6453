import { serviceRole, type Statement } from "@fairlead/foundation";
import { autoNamed } from "@fairlead/model";
import * as sfn from "@pulumi/aws/sfn";
import * as pulumi from "@pulumi/pulumi";

import { runStatements, tasksOf, type RunStatementsArgs } from "./runStatements";

/** What a run of a scheduled job may take, and how often it is tried. */
export interface StateMachineArgs extends RunStatementsArgs {
  timeoutMinutes?: number;
  retryAttempts?: number;
}

/** Seconds until the first retry, by how much longer each further one waits, and the longest wait. */
const waits = { IntervalSeconds: 10, BackoffRate: 1.5, MaxDelaySeconds: 600 };
/** Arguments of RunTask that each run is given by whoever starts it. */
const given = ["TaskDefinition", "CapacityProviderStrategy", "NetworkConfiguration"];

/**
 * Runs a task and waits for its end: with a time for all of its attempts, after which it is stopped, and with retries of what failed. It says nothing of
 * the task, so that another image leaves it as it is.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 */
export function stateMachine(name: string, args: StateMachineArgs, options: pulumi.CustomResourceOptions): sfn.StateMachine {
  const { timeoutMinutes, retryAttempts = 0 } = args;
  const { role, policies } = serviceRole(
    `${name}-runs`,
    { service: "states.amazonaws.com", description: "Runs the task and waits for its end", statements: statementsOf(args) },
    options,
  );
  const run = {
    Type: "Task",
    Resource: "arn:aws:states:::ecs:runTask.sync",
    Parameters: {
      Cluster: args.cluster.arn,
      ...Object.fromEntries(given.map((key) => [`${key}.$`, `$.${key}`])),
      PropagateTags: "TASK_DEFINITION",
    },
    ...(retryAttempts > 0 && { Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: retryAttempts, ...waits }] }),
    End: true,
  };
  const definition = pulumi.jsonStringify({
    ...(timeoutMinutes !== undefined && { TimeoutSeconds: timeoutMinutes * 60 }),
    StartAt: "Run",
    States: { Run: run },
  });
  return new sfn.StateMachine(
    autoNamed(name, "stateMachine"),
    { definition, roleArn: role.arn },
    // Step Functions refuses one whose role may not yet have its rule of EventBridge.
    { ...options, dependsOn: policies },
  );
}

/**
 * It learns of the task's end by a rule of EventBridge that Step Functions makes for itself.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/ecs-iam.html
 */
function statementsOf(args: StateMachineArgs): Statement[] {
  return [
    ...runStatements(args),
    { Effect: "Allow", Action: ["ecs:StopTask", "ecs:DescribeTasks"], Resource: tasksOf(args.cluster) },
    {
      Effect: "Allow",
      Action: ["events:PutTargets", "events:PutRule", "events:DescribeRule"],
      Resource: "arn:aws:events:*:*:rule/StepFunctionsGetEventsForECSTaskRule",
    },
  ];
}
