import { ArgumentErrors } from "@fairlead/foundation";
import {
  explicitName,
  isSchedule,
  scheduledRunValues,
  scheduleForms,
  scheduleValues,
  withDefaults,
  type CpuArchitecture,
} from "@fairlead/model";
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
import { stateMachineTarget, taskTarget } from "./scheduleTarget";
import { schedulerRole } from "./schedulerRole";
import { stateMachine } from "./stateMachine";

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
  /** Times that EventBridge Scheduler tries again when a run can't be started; 0 to 185. 3 by default. It knows no exit codes. */
  retries?: number;
  /**
   * Times that a run that failed is tried again, by a state machine of Step Functions; 0 to 99. 0 by default. The first attempt after 10 seconds, each
   * further one after half as long again. A run has failed where any of its containers ended with another exit code than 0.
   * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
   */
  retryAttempts?: number;
  /** Minutes after which a run is stopped and has failed, with all of its attempts; 1 to 1,440. It has no end by default. */
  timeoutMinutes?: number;
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
    const target = {
      cluster,
      taskDefinition,
      capacityProviderStrategies: strategyArgs(strategy),
      subnets: taskSubnets(args),
      securityGroups: taskSecurityGroups(securityGroup.id, args),
      assignPublicIp: args.assignPublicIp ?? false,
    };
    // Where nobody asks for more than a start, the schedule starts the task itself.
    const { timeoutMinutes, retryAttempts } = args;
    const machine =
      timeoutMinutes === undefined && !retryAttempts
        ? undefined
        : stateMachine(name, { cluster, taskDefinition, timeoutMinutes, retryAttempts }, parent);
    const stateMachineArn = machine?.arn;
    const { role, policies } = schedulerRole(
      `${name}-scheduler`,
      { cluster, taskDefinition, stateMachineArn, deadLetterQueueArn, kmsKeyArn },
      parent,
    );
    const base: scheduler.ScheduleArgs = {
      name: explicitName(`${cluster.clusterName}-${name}`, "schedule"),
      description: `Runs ${name}`,
      scheduleExpression: args.schedule,
      scheduleExpressionTimezone: timezone,
      flexibleTimeWindow: { mode: "OFF" },
      state: args.state ?? "ENABLED",
      kmsKeyArn,
      target: {
        ...(stateMachineArn ? stateMachineTarget(stateMachineArn, target) : taskTarget(target)),
        roleArn: role.arn,
        retryPolicy: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: maximumAgeSeconds },
        deadLetterConfig: { arn: deadLetterQueueArn },
      },
    };
    this.completed = new scheduler.Schedule(name, args.transform?.(base) ?? base, {
      parent: this,
      dependsOn: [...opened, ...network.ready, ...cluster.readyFor(strategy), ...policies, ...(args.after ?? [])],
    });
    if (alarmTopicArn) {
      const { clusterName, arn: clusterArn } = cluster;
      const told = { clusterName, clusterArn, topicArn: alarmTopicArn, deadLetterQueueName: queue?.name };
      const { family, hasSidecars } = taskDefinition;
      new JobAlarms(name, { ...told, family, hasSidecars, stateMachineArn }, parent);
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
  errors.range("retryAttempts", args.retryAttempts, scheduledRunValues.retryAttempts, "retries");
  errors.range("timeoutMinutes", args.timeoutMinutes, scheduledRunValues.timeoutMinutes, "minutes");
  errors.range("maximumAgeSeconds", args.maximumAgeSeconds, [60, 86_400], "seconds");
  checkTaskNetwork(args, strategy, errors);
  errors.throwIfAny(`ScheduledJob ${name}`);
}
