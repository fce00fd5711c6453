import type { Estimator } from "./estimator";

export const observability: Record<string, Estimator> = {
  "aws:cloudwatch/logGroup:LogGroup": (_, { declared }) => [
    declared("logs taken in", "logs.ingestion", "ingestedGiB"),
    declared("logs kept", "logs.storage", "storedGiB"),
  ],
  "aws:cloudwatch/metricAlarm:MetricAlarm": (_, { cost }) => [cost("alarm", "alarm", 1)],
  "aws:cloudwatch/dashboard:Dashboard": (_, { cost }) => [cost("dashboard", "dashboard", 1)],
};
