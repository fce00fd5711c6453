import { referencesIn } from "@fairlead/plan";

import type { Estimator } from "./estimator";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";

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
