import type { Estimator } from "./estimator";

/** What SNS delivers to for nothing. */
const freeProtocols = ["sqs", "lambda"];

export const messaging: Record<string, Estimator> = {
  "aws:sns/topicSubscription:TopicSubscription": ({ inputs }) =>
    freeProtocols.includes(String(inputs.protocol))
      ? []
      : [{ what: `deliveries by ${String(inputs.protocol)}`, unknown: "how many there are is known to nobody here", decidedBy: [] }],
};
