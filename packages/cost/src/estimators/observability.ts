import { referencesIn } from "@fairlead/plan";

import type { Estimator } from "./estimator";

const logGroup = "aws:cloudwatch/logGroup:LogGroup";

/** Logs that AWS's services deliver: what goes to a log group is that one's cost. */
const delivery =
  (isToLogGroup: (inputs: Record<string, unknown>) => boolean): Estimator =>
  ({ inputs }) =>
    isToLogGroup(inputs) ? [] : [{ what: "delivery of logs", unknown: "how much there is is known to nobody here" }];

export const observability: Record<string, Estimator> = {
  "aws:ec2/flowLog:FlowLog": delivery(({ logDestinationType }) => logDestinationType === "cloud-watch-logs"),
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": delivery(({ logDestinationConfigs }) =>
    referencesIn(logDestinationConfigs).some(({ urn }) => urn.split("::").at(-2)!.endsWith(logGroup)),
  ),
};
