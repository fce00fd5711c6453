import { referencesIn } from "@fairlead/plan";

import type { Estimator } from "./estimator";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";

/** By a target that it holds, AWS makes an alarm to scale out and one to scale in; other policies are called by alarms of their own. */
const scalingPolicy: Estimator = ({ inputs }, { cost }) => {
  const { targetTrackingScalingPolicyConfiguration: target } = inputs as { targetTrackingScalingPolicyConfiguration?: TargetTracking };
  if (!target) return [];
  const metrics = target.customizedMetricSpecification?.metrics?.filter(({ metricStat }) => metricStat !== undefined).length ?? 1;
  const alarms = target.disableScaleIn ? 1 : 2;
  const what = `the ${alarms === 1 ? "alarm" : "alarms"} that AWS makes for it${metrics > 1 ? `, of ${metrics} metrics` : ""}`;
  return [cost(what, "alarm", alarms * Math.max(1, metrics))];
};

interface TargetTracking {
  disableScaleIn?: boolean;
  customizedMetricSpecification?: { metrics?: { metricStat?: unknown }[] };
}

/** Logs that AWS's services deliver: what goes to a log group is that one's cost. */
const delivery =
  (isToLogGroup: (inputs: Record<string, unknown>) => boolean): Estimator =>
  ({ inputs }) =>
    isToLogGroup(inputs) ? [] : [{ what: "delivery of logs", unknown: "how much there is is known to nobody here" }];

/** An alarm costs its price for each metric that it looks at. */
const alarm: Estimator = ({ inputs }, { cost }) => {
  const queries = Array.isArray(inputs.metricQueries) ? (inputs.metricQueries as { metric?: { period?: number } }[]) : undefined;
  const periods = queries ? queries.flatMap(({ metric }) => (metric ? [metric.period] : [])) : [inputs.period];
  if (periods.some((period) => typeof period === "number" && period < 60)) {
    return [{ what: "alarm of less than a minute", unknown: "the file has no price of it" }];
  }
  return [cost(periods.length > 1 ? `alarm of ${periods.length} metrics` : "alarm", "alarm", Math.max(1, periods.length))];
};

export const observability: Record<string, Estimator> = {
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
  "aws:appautoscaling/policy:Policy": scalingPolicy,
  // The log group that it is of is made by AWS, so no other resource stands for it.
  "pulumi-nodejs:dynamic/fairlead:LogRetention": (_, { declared }) => [
    declared("logs taken in", "logs.ingestion", "ingestedGiB"),
    declared("logs kept", "logs.storage", "storedGiB"),
  ],
  "aws:ec2/flowLog:FlowLog": delivery(({ logDestinationType }) => logDestinationType === "cloud-watch-logs"),
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": delivery(({ logDestinationConfigs }) =>
    referencesIn(logDestinationConfigs).some(({ urn }) => urn.split("::").at(-2)!.endsWith(logGroup)),
  ),
};
