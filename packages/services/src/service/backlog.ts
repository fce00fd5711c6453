import type { types } from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

type MetricQuery = types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetric;

/**
 * Messages waiting for each running task, as one metric. Every task reports its CPU once a minute, so the number of samples is the number of
 * tasks, without Container Insights.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html#cw_running_task_count
 */
export function backlogPerTask(queueName: pulumi.Input<string>, clusterName: string, serviceName: string): MetricQuery[] {
  return [
    {
      id: "waiting",
      returnData: false,
      metricStat: {
        stat: "Average",
        metric: {
          namespace: "AWS/SQS",
          metricName: "ApproximateNumberOfMessagesVisible",
          dimensions: [{ name: "QueueName", value: queueName }],
        },
      },
    },
    {
      id: "tasks",
      returnData: false,
      metricStat: {
        stat: "SampleCount",
        metric: {
          namespace: "AWS/ECS",
          metricName: "CPUUtilization",
          dimensions: [
            { name: "ClusterName", value: clusterName },
            { name: "ServiceName", value: serviceName },
          ],
        },
      },
    },
    { id: "backlog", expression: "waiting / FILL(tasks, 1)", label: "Messages waiting for each task", returnData: true },
  ];
}
