import { autoNamed, explicitName } from "@fairlead/model";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link JobAlarms}. */
export interface JobAlarmsArgs {
  clusterName: string;
  clusterArn: pulumi.Input<string>;
  /** Family of the task definition. */
  family: string;
  /** Whether its task has sidecars, which end by a signal when the task does. False by default. */
  hasSidecars?: boolean;
  /** State machine that runs its tasks: what is told is then that a run failed, with all of its attempts. None by default. */
  stateMachineArn?: pulumi.Input<string>;
  /** Queue that gets what could not be started. Without one nobody tells. */
  deadLetterQueueName?: pulumi.Input<string>;
  /** Where it is told. EventBridge must be allowed to publish there, as it is to an `AlarmTopic` with `clusterArn`. */
  topicArn: pulumi.Input<string>;
  /** Changes the arguments of the alarm just before it is created. */
  transform?: (args: cloudwatch.MetricAlarmArgs) => cloudwatch.MetricAlarmArgs;
}

/** Exit codes of SIGKILL and SIGTERM. */
const endedBySignal = [137, 143];

/**
 * What is told of a scheduled job: that a run could not be started, and that a task of it failed.
 *
 * @example
 * ```ts
 * new JobAlarms("report", { clusterName: "prod", clusterArn: cluster.arn, family: "prod-report", topicArn: alarmTopic.arn });
 * ```
 */
export class JobAlarms extends pulumi.ComponentResource {
  constructor(name: string, args: JobAlarmsArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:observability:JobAlarms", name, {}, options);
    const parent = { parent: this };
    if (args.deadLetterQueueName) {
      const base: cloudwatch.MetricAlarmArgs = {
        name: explicitName(`${args.clusterName}-${name}-not-started`, "alarm"),
        alarmDescription: `A run of ${name} could not be started; the queue says why`,
        ...{ namespace: "AWS/SQS", metricName: "ApproximateNumberOfMessagesVisible", dimensions: { QueueName: args.deadLetterQueueName } },
        ...{ statistic: "Maximum", period: 60, threshold: 0, evaluationPeriods: 1 },
        comparisonOperator: "GreaterThanThreshold",
        treatMissingData: "notBreaching",
        alarmActions: [args.topicArn],
        okActions: [args.topicArn],
      };
      new cloudwatch.MetricAlarm(`${name}-not-started`, args.transform?.(base) ?? base, parent);
    }
    const rule = new cloudwatch.EventRule(
      autoNamed(`${name}-failed-tasks`, "eventRule"),
      args.stateMachineArn === undefined
        ? { description: `Tasks of ${name} that failed`, eventPattern: pulumi.jsonStringify(failedTasks(args)) }
        : { description: `Runs of ${name} that failed`, eventPattern: pulumi.jsonStringify(failedRuns(args.stateMachineArn)) },
      parent,
    );
    new cloudwatch.EventTarget(`${name}-failed-tasks`, { rule: rule.name, arn: args.topicArn }, parent);
    this.registerOutputs({});
  }
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
function failedRuns(stateMachineArn: pulumi.Input<string>) {
  return {
    source: ["aws.states"],
    "detail-type": ["Step Functions Execution Status Change"],
    detail: { stateMachineArn: [stateMachineArn], status: ["FAILED", "TIMED_OUT", "ABORTED"] },
  };
}

/**
 * EventBridge can't tell which container has an exit code. With sidecars a signal's code says nothing, but for a container that had no memory left.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
function failedTasks({ clusterArn, family, hasSidecars = false }: JobAlarmsArgs) {
  const harmless = hasSidecars ? [0, ...endedBySignal] : [0];
  return {
    source: ["aws.ecs"],
    "detail-type": ["ECS Task State Change"],
    detail: {
      clusterArn: [clusterArn],
      group: [`family:${family}`],
      lastStatus: ["STOPPED"],
      $or: [
        { stopCode: ["TaskFailedToStart"] },
        { containers: { exitCode: [{ "anything-but": harmless }] } },
        { containers: { reason: [{ prefix: "OutOfMemory" }] } },
      ],
    },
  };
}
