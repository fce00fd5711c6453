import type { Estimator } from "./estimator";

/** What SNS delivers to for nothing. */
const freeProtocols = ["sqs", "lambda"];

export const messaging: Record<string, Estimator> = {
  "aws:sqs/queue:Queue": (_, { declared }) => [declared("its requests", "sqs.requests", "millionRequests")],
  "aws:sns/topic:Topic": (_, { declared }) => [declared("its requests", "sns.requests", "millionRequests")],
  "aws:sns/topicSubscription:TopicSubscription": ({ inputs }) =>
    freeProtocols.includes(String(inputs.protocol))
      ? []
      : [{ what: `deliveries by ${String(inputs.protocol)}`, unknown: "how many there are is known to nobody here" }],
};
