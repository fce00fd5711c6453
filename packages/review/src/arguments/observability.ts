import {
  added,
  cantTell,
  dataLoss,
  harmless,
  harmlessOnes,
  isEqual,
  isUnknown,
  lessProtected,
  loses,
  raised,
  removed,
  turnedOff,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

/** Days; none or 0 is for ever. */
export const retention: Judge = ({ before, after }) => {
  if (isUnknown(before) || isUnknown(after)) return cantTell;
  const days = (value: unknown) => (value === undefined || Number(value) === 0 ? Infinity : Number(value));
  return days(after) < days(before) ? dataLoss(`Logs that are older than ${days(after)} days are deleted.`) : undefined;
};

const looserThreshold: Judge = ({ before, after, is }) => {
  if (isUnknown(before) || isUnknown(after)) return cantTell;
  const greater = /Greater/.test(String(is.inputs.comparisonOperator));
  const isLooser = greater ? Number(after) > Number(before) : Number(after) < Number(before);
  return isLooser ? lessProtected("It tells later than before, or of less.") : undefined;
};

/** Logs and alarms. */
export const observability: Readonly<Record<string, Judges>> = {
  "aws:cloudwatch/logGroup:LogGroup": {
    ...harmlessOnes("tags skipDestroy logGroupClass"),
    retentionInDays: retention,
    kmsKeyId: removed(lessProtected("New lines are encrypted with CloudWatch's own key.")),
    deletionProtectionEnabled: turnedOff(lessProtected("AWS no longer refuses to delete it.")),
  },
  "pulumi-nodejs:dynamic/fairlead:LogRetention": { ...harmlessOnes("logGroupName sourceArn kmsKeyArn"), retentionInDays: retention },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    ...harmlessOnes("tags alarmDescription okActions insufficientDataActions unit thresholdMetricId evaluateLowSampleCountPercentiles"),
    alarmActions: loses(lessProtected("Fewer are told when it sounds.")),
    actionsEnabled: turnedOff(lessProtected("Nobody is told when it sounds."), true),
    threshold: looserThreshold,
    evaluationPeriods: raised(lessProtected("It tells later than before.")),
    period: raised(lessProtected("It tells later than before.")),
    datapointsToAlarm: ({ before, after, was, is }) =>
      Number(after ?? is.inputs.evaluationPeriods) > Number(before ?? was.inputs.evaluationPeriods)
        ? lessProtected("It tells later than before.")
        : undefined,
    treatMissingData: ({ after }) =>
      after === "breaching" ? undefined : lessProtected("It may stay silent where there are no measurements."),
    ...Object.fromEntries(
      ["comparisonOperator", "metricName", "namespace", "statistic", "extendedStatistic", "dimensions", "metricQueries"].map((name) => [
        name,
        (({ before, after }) => (isEqual(before, after) ? undefined : lessProtected("It watches something else than before."))) as Judge,
      ]),
    ),
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
