import { alarmValues, explicitName, withDefaults } from "@fairlead/model";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";

import { errorRate, missingTasks } from "./alarmMetrics";

/** Arguments of {@link ServiceAlarms}. */
export interface ServiceAlarmsArgs {
  clusterName: string;
  serviceName: string;
  /** Where alarms go. */
  topicArn: pulumi.Input<string>;
  /** The service's target groups. Without any there are no alarms on errors, latency and health. */
  targetGroups?: { arnSuffix: pulumi.Input<string>; loadBalancerArnSuffix: pulumi.Input<string> }[];
  /** Whether the cluster has Container Insights, which counts running tasks. True by default. */
  containerInsights?: boolean;
  /** Queue whose oldest message must not get too old. */
  queueName?: pulumi.Input<string>;
  /** Percent. 90 by default: above the scaler's target, so that it has had its chance. */
  cpuPercent?: number;
  /** Percent. 90 by default. */
  memoryPercent?: number;
  /** Percent of the requests that are answered 5xx. 5 by default. */
  errorPercent?: number;
  /** Seconds in which 99 of 100 requests are answered. 2 by default. */
  latencyP99Seconds?: number;
  /** Seconds that a message may wait. 600 by default. */
  queueAgeSeconds?: number;
  /** Changes the arguments of each alarm just before it is created. */
  transform?: (args: cloudwatch.MetricAlarmArgs) => cloudwatch.MetricAlarmArgs;
}

type MetricAlarm = Omit<cloudwatch.MetricAlarmArgs, "evaluationPeriods" | "comparisonOperator"> & Partial<cloudwatch.MetricAlarmArgs>;

/**
 * The alarms of one service: CPU, memory, errors, latency, unhealthy hosts, missing tasks, age of a queue. No data is no alarm: a service
 * that nobody calls is well.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best_Practice_Recommended_Alarms_AWS_Services.html
 * @example
 * ```ts
 * new ServiceAlarms("api", { clusterName: "prod", serviceName: "api", topicArn: alarmTopic.arn, latencyP99Seconds: 0.5 });
 * ```
 */
export class ServiceAlarms extends pulumi.ComponentResource {
  /** Those that tell a bad revision from a busy day: a deployment that sets one off is rolled back. Undefined where there are none. */
  readonly rollbackAlarmNames: pulumi.Output<string>[] = [];
  private readonly topicArn: pulumi.Input<string>;
  private readonly transform: ServiceAlarmsArgs["transform"];
  private readonly prefix: string;
  private readonly label: string;

  constructor(name: string, args: ServiceAlarmsArgs, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:observability:ServiceAlarms", name, {}, options);
    this.label = name;
    this.topicArn = args.topicArn;
    this.transform = args.transform;
    this.prefix = `${args.clusterName}-${args.serviceName}`;
    const {
      targetGroups = [],
      cpuPercent,
      memoryPercent,
      errorPercent,
      latencyP99Seconds,
      queueAgeSeconds,
    } = withDefaults(args, alarmValues);
    const ofService = { ClusterName: args.clusterName, ServiceName: args.serviceName };
    const utilization = (metricName: string, threshold: number): MetricAlarm => ({
      alarmDescription: `${metricName} of ${args.serviceName} above ${threshold} % for 5 minutes`,
      ...{ namespace: "AWS/ECS", metricName, dimensions: ofService, statistic: "Average", period: 60, threshold, evaluationPeriods: 5 },
    });
    this.alarm("cpu", utilization("CPUUtilization", cpuPercent));
    this.alarm("memory", utilization("MemoryUtilization", memoryPercent));
    if (args.containerInsights ?? true) {
      this.alarm("missing-tasks", {
        alarmDescription: `Fewer tasks of ${args.serviceName} run than are wanted, for 10 minutes`,
        ...{ metricQueries: missingTasks(ofService), threshold: 0, evaluationPeriods: 10 },
      });
    }
    if (args.queueName) {
      const threshold = queueAgeSeconds;
      this.alarm("queue-age", {
        alarmDescription: `A message waits longer than ${threshold} s`,
        ...{ namespace: "AWS/SQS", metricName: "ApproximateAgeOfOldestMessage", dimensions: { QueueName: args.queueName } },
        ...{ statistic: "Maximum", period: 60, threshold, evaluationPeriods: 5 },
      });
    }
    if (targetGroups.length > 0) {
      const errors = this.alarm("5xx", {
        alarmDescription: `More than ${errorPercent} % of the requests to ${args.serviceName} are answered 5xx`,
        ...{ metricQueries: errorRate(targetGroups), threshold: errorPercent, evaluationPeriods: 3 },
      });
      this.rollbackAlarmNames.push(errors.name);
    }
    targetGroups.forEach(({ arnSuffix, loadBalancerArnSuffix }, index) => {
      const suffix = index === 0 ? "" : "-green";
      const dimensions = { TargetGroup: arnSuffix, LoadBalancer: loadBalancerArnSuffix };
      const latency = this.alarm(`latency${suffix}`, {
        alarmDescription: `One request of 100 to ${args.serviceName} takes longer than ${latencyP99Seconds} s`,
        ...{ namespace: "AWS/ApplicationELB", metricName: "TargetResponseTime", dimensions, extendedStatistic: "p99" },
        ...{ period: 60, threshold: latencyP99Seconds, evaluationPeriods: 5 },
      });
      this.rollbackAlarmNames.push(latency.name);
      this.alarm(`unhealthy${suffix}`, {
        alarmDescription: `A task of ${args.serviceName} fails the load balancer's health check for 5 minutes`,
        ...{ namespace: "AWS/ApplicationELB", metricName: "UnHealthyHostCount", dimensions, statistic: "Maximum" },
        ...{ period: 60, threshold: 0, evaluationPeriods: 5 },
      });
    });
    this.registerOutputs({ rollbackAlarmNames: this.rollbackAlarmNames });
  }

  private alarm(kind: string, args: MetricAlarm): cloudwatch.MetricAlarm {
    const base: cloudwatch.MetricAlarmArgs = {
      name: explicitName(`${this.prefix}-${kind}`, "alarm"),
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
      evaluationPeriods: 5,
      alarmActions: [this.topicArn],
      okActions: [this.topicArn],
      ...args,
    };
    return new cloudwatch.MetricAlarm(`${this.label}-${kind}`, this.transform?.(base) ?? base, { parent: this });
  }
}
