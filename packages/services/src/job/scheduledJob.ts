import { ArgumentErrors, serviceRole, type RoleWithPolicies, type Statement } from "@fairlead/foundation";
import { explicitName, isSchedule, scheduleForms, scheduleValues, withDefaults, type CpuArchitecture } from "@fairlead/model";
import type { Network } from "@fairlead/networking";
import * as scheduler from "@pulumi/aws/scheduler";
import * as pulumi from "@pulumi/pulumi";

import type { CapacityProviderStrategyItem } from "../cluster/capacity";
import { strategyArgs, type Cluster } from "../cluster/cluster";
import { outboundSecurityGroup } from "../cluster/outboundSecurityGroup";
import { openPort, type Reachable } from "../service/openPort";
import type { TaskDefinition } from "../task/taskDefinition";

/** Arguments of {@link ScheduledJob}. */
export interface ScheduledJobArgs {
  cluster: Cluster;
  network: Network;
  taskDefinition: TaskDefinition<CpuArchitecture>;
  /**
   * `cron(minute hour day month weekday year)`, `rate(5 minutes)` or `at(yyyy-mm-ddThh:mm:ss)`.
   * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
   */
  schedule: string;
  /** `UTC` by default: no hour of it happens twice or never. */
  timezone?: string;
  /** Times that EventBridge Scheduler tries again when ECS does not take the task; 0 to 185. 3 by default. It knows no exit codes. */
  retries?: number;
  /** Seconds after its time in which it may still start; 60 to 86,400. 3,600 by default: later, the next run does the work. */
  maximumAgeSeconds?: number;
  /** ARN of the SQS queue that gets what could not be started. None by default. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /** ARN of the KMS key that encrypts the schedule. AWS's own by default. */
  kmsKeyArn?: pulumi.Input<string>;
  /** `DISABLED` keeps the schedule without running it. `ENABLED` by default. */
  state?: "ENABLED" | "DISABLED";
  /** Ports that are opened for its tasks before the first one starts. None by default. */
  reaches?: Reachable[];
  /** What must be there, or have ended well, before its tasks are rolled out: a {@link Job}'s `completed`. Nothing by default. */
  after?: pulumi.Resource[];
  /** What its task runs on. The cluster's default strategy by default. */
  capacityProviderStrategy?: CapacityProviderStrategyItem[];
  /** Changes the arguments of the schedule just before it is created. */
  transform?: (args: scheduler.ScheduleArgs) => scheduler.ScheduleArgs;
}

/**
 * A task that EventBridge Scheduler starts on time.
 *
 * @example
 * ```ts
 * new ScheduledJob("report", { cluster, network, taskDefinition, schedule: "cron(0 3 * * ? *)", timezone: "Europe/Berlin" });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class ScheduledJob extends pulumi.ComponentResource {
  readonly securityGroupId: pulumi.Output<string>;
  readonly label: string;
  /** Exists once it is scheduled. */
  readonly completed: pulumi.Resource;

  constructor(name: string, args: ScheduledJobArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:ScheduledJob", name, {}, options);
    validate(name, args);
    const { cluster, network, taskDefinition, retries, timezone, maximumAgeSeconds = 3600 } = withDefaults(args, scheduleValues);
    const securityGroup = outboundSecurityGroup(name, `Tasks of ${name}`, network, this);
    const strategy = args.capacityProviderStrategy ?? cluster.defaultCapacityProviderStrategy;
    const from = { label: name, securityGroupId: securityGroup.id };
    const opened = (args.reaches ?? []).map((reachable) => openPort(from, reachable, this));
    const { role, policies } = runTaskRole(`${name}-scheduler`, args, this);
    const base: scheduler.ScheduleArgs = {
      name: explicitName(`${cluster.clusterName}-${name}`, "schedule"),
      description: `Runs ${name}`,
      scheduleExpression: args.schedule,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: "OFF" },
      state: args.state ?? "ENABLED",
      kmsKeyArn: args.kmsKeyArn,
      target: {
        arn: cluster.arn,
        roleArn: role.arn,
        retryPolicy: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: maximumAgeSeconds },
        deadLetterConfig: args.deadLetterQueueArn ? { arn: args.deadLetterQueueArn } : undefined,
        ecsParameters: {
          taskDefinitionArn: taskDefinition.arn,
          taskCount: 1,
          capacityProviderStrategies: strategyArgs(strategy),
          networkConfiguration: { subnets: network.privateSubnetIds, securityGroups: [securityGroup.id], assignPublicIp: false },
          propagateTags: "TASK_DEFINITION",
          enableEcsManagedTags: true,
        },
      },
    };
    this.completed = new scheduler.Schedule(name, args.transform?.(base) ?? base, {
      parent: this,
      dependsOn: [...opened, ...network.ready, ...cluster.readyFor(strategy), ...policies, ...(args.after ?? [])],
    });
    this.securityGroupId = securityGroup.id;
    this.label = name;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}

/** A role that may run this task in this cluster, with the task's own roles, and nothing else. */
function runTaskRole(
  name: string,
  args: Pick<ScheduledJobArgs, "cluster" | "taskDefinition" | "deadLetterQueueArn">,
  parent: pulumi.Resource,
): RoleWithPolicies {
  const { cluster, taskDefinition, deadLetterQueueArn } = args;
  const statements: Statement[] = [
    {
      Effect: "Allow",
      Action: "ecs:RunTask",
      Resource: pulumi.interpolate`${taskDefinition.familyArn}:*`,
      Condition: { ArnEquals: { "ecs:cluster": cluster.arn } },
    },
    {
      Effect: "Allow",
      Action: "iam:PassRole",
      Resource: [taskDefinition.executionRoleArn, taskDefinition.taskRoleArn],
      Condition: { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } },
    },
    ...(deadLetterQueueArn ? [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: deadLetterQueueArn } as const] : []),
  ];
  return serviceRole(name, { service: "scheduler.amazonaws.com", description: "Starts the task", statements }, { parent });
}

function validate(name: string, args: ScheduledJobArgs): void {
  const errors = new ArgumentErrors();
  if (!isSchedule(args.schedule)) errors.refuse("schedule", `"${args.schedule}": expected ${scheduleForms}`);
  errors.range("retries", args.retries, scheduleValues.retries, "retries");
  errors.range("maximumAgeSeconds", args.maximumAgeSeconds, [60, 86_400], "seconds");
  errors.throwIfAny(`ScheduledJob ${name}`);
}
