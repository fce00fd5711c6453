import type { types } from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

type MetricQuery = types.input.cloudwatch.MetricAlarmMetricQuery;
type Dimensions = Record<string, pulumi.Input<string>>;

function metric(id: string, namespace: string, metricName: string, stat: string, dimensions: Dimensions): MetricQuery {
  return { id, metric: { namespace, metricName, stat, period: 60, dimensions } };
}

/** Requests answered 5xx, in percent of all, over a service's target groups: while traffic shifts it is in both. */
export function errorRate(targetGroups: { arnSuffix: pulumi.Input<string>; loadBalancerArnSuffix: pulumi.Input<string> }[]): MetricQuery[] {
  const metrics = targetGroups.flatMap(({ arnSuffix, loadBalancerArnSuffix }, index) => {
    const dimensions = { TargetGroup: arnSuffix, LoadBalancer: loadBalancerArnSuffix };
    return [
      metric(`errors${index}`, "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", "Sum", dimensions),
      metric(`requests${index}`, "AWS/ApplicationELB", "RequestCount", "Sum", dimensions),
    ];
  });
  const sum = (id: string) => targetGroups.map((_, index) => `FILL(${id}${index}, 0)`).join(" + ");
  const expression = `IF((${sum("requests")}) > 0, 100 * (${sum("errors")}) / (${sum("requests")}), 0)`;
  return [...metrics, { id: "rate", expression, label: "5xx in percent of all answers", returnData: true }];
}

/** Tasks that should run and don't. */
export function missingTasks(dimensions: Dimensions): MetricQuery[] {
  return [
    metric("desired", "ECS/ContainerInsights", "DesiredTaskCount", "Minimum", dimensions),
    metric("running", "ECS/ContainerInsights", "RunningTaskCount", "Maximum", dimensions),
    { id: "missing", expression: "desired - running", label: "Tasks that are missing", returnData: true },
  ];
}
