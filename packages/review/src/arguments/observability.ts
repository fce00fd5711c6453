import {
  added,
  asList,
  cantTell,
  dataLoss,
  harmless,
  harmlessOnes,
  interrupts,
  isEqual,
  isUnknown,
  itemsBeyond,
  lessProtected,
  loses,
  raised,
  turnedOff,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

/** Days; none or 0 is for ever. */
export const retention: Judge = ({ before, after }) => {
  const days = (value: unknown) => (value === undefined || Number(value) === 0 ? Infinity : Number(value));
  return days(after) < days(before) ? dataLoss(`Logs that are older than ${days(after)} days are deleted.`) : undefined;
};

const looserThreshold: Judge = ({ before, after, is }) => {
  const greater = /Greater/.test(String(is.inputs.comparisonOperator));
  const isLooser = greater ? Number(after) > Number(before) : Number(after) < Number(before);
  return isLooser ? lessProtected("It tells later than before, or of less.") : undefined;
};

const watchesElse: Judge = ({ before, after }) =>
  isEqual(before, after) ? undefined : lessProtected("It watches something else than before.");

/** What an alarm computes from: metrics beside those that it had make it see more. */
const fewerMetrics: Judge = ({ before, after }) => {
  if (isUnknown(before) !== isUnknown(after)) return cantTell;
  const metricsOf = (value: unknown) => asList(value).flatMap((query) => (query as { metric?: unknown }).metric ?? []);
  const periods = (value: unknown) => asList(value).map((query) => (query as { period?: unknown }).period);
  const isLess = itemsBeyond(metricsOf(before), metricsOf(after)).length > 0 || metricsOf(after).length === metricsOf(before).length;
  return isLess && !isEqual(before, after) && !isEqual([], periods(after))
    ? lessProtected("It watches something else than before.")
    : undefined;
};

/** Logs and alarms. */
export const observability: Readonly<Record<string, Judges>> = {
  "aws:cloudwatch/logGroup:LogGroup": {
    ...harmlessOnes("tags skipDestroy logGroupClass"),
    retentionInDays: retention,
    kmsKeyId: ({ after, isNew }) =>
      after === undefined
        ? lessProtected("New lines are encrypted with CloudWatch's own key.")
        : isNew
          ? undefined
          : interrupts("New lines are encrypted with another key: whoever may not use that, CloudWatch itself too, is refused."),
    deletionProtectionEnabled: turnedOff(lessProtected("AWS no longer refuses to delete it.")),
  },
  "pulumi-nodejs:dynamic/fairlead:LogRetention": { ...harmlessOnes("logGroupName sourceArn kmsKeyArn"), retentionInDays: retention },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    ...harmlessOnes(
      "tags alarmDescription okActions insufficientDataActions evaluateLowSampleCountPercentiles evaluationInterval warmUpConfiguration",
    ),
    alarmActions: loses(lessProtected("Fewer are told when it sounds.")),
    actionsEnabled: turnedOff(lessProtected("Nobody is told when it sounds.")),
    threshold: looserThreshold,
    evaluationPeriods: raised(lessProtected("It tells later than before.")),
    period: raised(lessProtected("It tells later than before.")),
    datapointsToAlarm: ({ before, after, was, is }) =>
      [after ?? is.inputs.evaluationPeriods, before ?? was.inputs.evaluationPeriods].some(isUnknown)
        ? cantTell
        : Number(after ?? is.inputs.evaluationPeriods) > Number(before ?? was.inputs.evaluationPeriods)
          ? lessProtected("It tells later than before.")
          : undefined,
    treatMissingData: ({ before, after }) =>
      after === "breaching" || (after === "missing" && before !== "breaching")
        ? undefined
        : lessProtected("It may stay silent where there are no measurements."),
    ...Object.fromEntries(
      [
        "comparisonOperator",
        "metricName",
        "namespace",
        "statistic",
        "extendedStatistic",
        "dimensions",
        "unit",
        "thresholdMetricId",
        "evaluationCriteria",
      ].map((name) => [name, watchesElse]),
    ),
    metricQueries: fewerMetrics,
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    ...harmlessOnes("tags alarmDescription okActions insufficientDataActions"),
    alarmActions: loses(lessProtected("Fewer are told when it sounds.")),
    actionsEnabled: turnedOff(lessProtected("Nobody is told when it sounds."), true),
    alarmRule: whenever(lessProtected("It watches something else than before.")),
    actionsSuppressor: added(lessProtected("Another alarm keeps it silent.")),
  },
  "aws:cloudwatch/dashboard:Dashboard": { dashboardBody: harmless },
};
