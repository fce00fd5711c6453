import { dataLoss, lessProtected, routine, type TypeSheets } from "./sheet";

/** Logs, alarms and dashboards. */
export const observability: TypeSheets = {
  "aws:cloudwatch/logGroup:LogGroup": {
    noun: "log group",
    replaced: dataLoss("The logs in the old one are deleted."),
    deleted: dataLoss("The logs in it are deleted."),
    replacedBy: ["logGroupClass", "name", "namePrefix"],
    unasked: ["deletionProtectionEnabled"],
    taggable: true,
    pricing: "estimated",
  },
  "pulumi-nodejs:dynamic/fairlead:LogRetention": {
    noun: "retention of a log group",
    settingOf: "logGroupName",
    replaced: routine("Put again in one request."),
    deleted: routine("The log group stays, and keeps logs as long as it did."),
    replacedBy: [],
    taggable: false,
    pricing: "estimated",
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    noun: "alarm",
    replaced: routine("Another name, with a new history."),
    deleted: lessProtected("Nobody is told any more of what it watched."),
    replacedBy: ["name"],
    unasked: ["evaluationCriteria", "evaluationInterval", "warmUpConfiguration"],
    taggable: true,
    pricing: "estimated",
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    noun: "composite alarm",
    replaced: routine("Another name, with a new history."),
    deleted: lessProtected("Nobody is told any more of what it watched."),
    replacedBy: ["alarmName"],
    taggable: true,
    pricing: "unknown",
  },
  "aws:cloudwatch/dashboard:Dashboard": {
    noun: "dashboard",
    replaced: routine("Another address."),
    deleted: routine("What it showed is still measured."),
    replacedBy: ["dashboardName"],
    taggable: false,
    pricing: "estimated",
  },
};
