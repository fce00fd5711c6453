import { ArgumentErrors } from "@fairlead/foundation";
import { explicitName, isSchedule, scheduleForms, scheduleValues, withDefaults, type CpuArchitecture } from "@fairlead/model";
import { JobAlarms } from "@fairlead/observability";
import * as scheduler from "@pulumi/aws/scheduler";
import * as pulumi from "@pulumi/pulumi";

import type { CapacityProviderStrategyItem } from "../cluster/capacity";
import { strategyArgs, type Cluster } from "../cluster/cluster";
import { outboundSecurityGroup } from "../cluster/outboundSecurityGroup";
import { checkTaskNetwork, taskSecurityGroups, taskSubnets, type TaskNetworkArgs } from "../cluster/taskNetwork";
import { openPort, type Reachable } from "../service/openPort";
import type { TaskDefinition } from "../task/taskDefinition";
import { deadLetterQueue } from "./deadLetterQueue";
import { schedulerRole } from "./schedulerRole";

/** Arguments of {@link ScheduledJob}. */
export interface ScheduledJobArgs extends TaskNetworkArgs {
  cluster: Cluster;
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
  /** ARN of the SQS queue that gets what could not be started. One of its own by default, which keeps it for 14 days. */
  deadLetterQueueArn?: pulumi.Input<string>;
  /**
   * Where it is told that a run could not be started or failed: an SNS topic to which CloudWatch and EventBridge may publish, as to an `AlarmTopic` with
   * `clusterArn`. Nowhere by default.
   */
  alarmTopicArn?: pulumi.Input<string>;
  /** ARN of the KMS key that encrypts the schedule and its queue. AWS's own by default. */
  kmsKeyArn?: pulumi.Input<string>;
  /** `DISABLED` keeps the schedule without running it. `ENABLED` by default. */
  state?: "ENABLED" | "DISABLED";
  /** Ports that are opened for its tasks before the first one starts. None by default. */
  reaches?: Reachable[];
  /** What must be there, or have ended well, before its tasks are rolled out: a {@link Job}'s `completed`. Nothing by default. */
  after?: pulumi.Input<pulumi.Resource>[];
  /** What its task runs on. The cluster's default strategy by default. */
  capacityProviderStrategy?: CapacityProviderStrategyItem[];
  /** Changes the arguments of the schedule just before it is created. */
  transform?: (args: scheduler.ScheduleArgs) => scheduler.ScheduleArgs;
}

/**
 * A task that EventBridge Scheduler starts on time. What could not be started is kept in a queue, and told where there is a topic for it; so is a
 * task that failed.
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
    const strategy = args.capacityProviderStrategy ?? args.cluster.defaultCapacityProviderStrategy;
    validate(name, args, strategy);
    const { cluster, network, taskDefinition, retries, timezone, maximumAgeSeconds = 3600 } = withDefaults(args, scheduleValues);
    const securityGroup = outboundSecurityGroup(name, `Tasks of ${name}`, network, this);
    const from = { label: name, securityGroupId: securityGroup.id };
    const opened = (args.reaches ?? []).map((reachable) => openPort(from, reachable, this));
    const { kmsKeyArn, alarmTopicArn } = args;
    const parent = { parent: this };
    const queue = args.deadLetterQueueArn === undefined ? deadLetterQueue(name, { kmsKeyArn }, parent) : undefined;
    const deadLetterQueueArn = args.deadLetterQueueArn ?? queue!.arn;
    const { role, policies } = schedulerRole(`${name}-scheduler`, { cluster, taskDefinition, deadLetterQueueArn, kmsKeyArn }, parent);
    const base: scheduler.ScheduleArgs = {
      name: explicitName(`${cluster.clusterName}-${name}`, "schedule"),
      description: `Runs ${name}`,
      scheduleExpression: args.schedule,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: "OFF" },
      state: args.state ?? "ENABLED",
      kmsKeyArn,
      target: {
        arn: cluster.arn,
        roleArn: role.arn,
        retryPolicy: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: maximumAgeSeconds },
        deadLetterConfig: { arn: deadLetterQueueArn },
        ecsParameters: {
          taskDefinitionArn: taskDefinition.arn,
          taskCount: 1,
          capacityProviderStrategies: strategyArgs(strategy),
          networkConfiguration: {
            subnets: taskSubnets(args),
            securityGroups: taskSecurityGroups(securityGroup.id, args),
            assignPublicIp: args.assignPublicIp ?? false,
          },
          propagateTags: "TASK_DEFINITION",
          enableEcsManagedTags: true,
        },
      },
    };
    this.completed = new scheduler.Schedule(name, args.transform?.(base) ?? base, {
      parent: this,
      dependsOn: [...opened, ...network.ready, ...cluster.readyFor(strategy), ...policies, ...(args.after ?? [])],
    });
    if (alarmTopicArn) {
      const { clusterName, arn: clusterArn } = cluster;
      const told = { clusterName, clusterArn, topicArn: alarmTopicArn, deadLetterQueueName: queue?.name };
      new JobAlarms(name, { ...told, family: taskDefinition.family, hasSidecars: taskDefinition.hasSidecars }, parent);
    }
    this.securityGroupId = securityGroup.id;
    this.label = name;
    this.registerOutputs({ securityGroupId: this.securityGroupId });
  }
}

function validate(name: string, args: ScheduledJobArgs, strategy: CapacityProviderStrategyItem[]): void {
  const errors = new ArgumentErrors();
  if (!isSchedule(args.schedule)) errors.refuse("schedule", `"${args.schedule}": expected ${scheduleForms}`);
  errors.range("retries", args.retries, scheduleValues.retries, "retries");
  errors.range("maximumAgeSeconds", args.maximumAgeSeconds, [60, 86_400], "seconds");
  checkTaskNetwork(args, strategy, errors);
  errors.throwIfAny(`ScheduledJob ${name}`);
}
