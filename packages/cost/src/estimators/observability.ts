import { referencesIn } from "@fairlead/plan";

import type { Estimator } from "./estimator";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";

/** Logs that AWS's services deliver: what goes to a log group is that one's cost. */
const delivery =
  (isToLogGroup: (inputs: Record<string, unknown>) => boolean): Estimator =>
  ({ inputs }) =>
    isToLogGroup(inputs) ? [] : [{ what: "delivery of logs", unknown: "how much there is is known to nobody here" }];

export const observability: Record<string, Estimator> = {
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
