import { letsInEverybody, refusesPlainText } from "../resourcePolicy";
import { each, expectInput, type Rule } from "../rule";

const queue = "aws:sqs/queue:Queue";
const topic = "aws:sns/topic:Topic";
const queuePolicy = "aws:sqs/queuePolicy:QueuePolicy";
const topicPolicy = "aws:sns/topicPolicy:TopicPolicy";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const key = "aws:kms/key:Key";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** Queues, topics, logs, alarms and the keys that encrypt them. */
export const messagingRules: Rule[] = [
  each("SQS.1", "Queues are encrypted", queue, "Set sqsManagedSseEnabled, or kmsMasterKeyId.", ({ inputs }) =>
    inputs.sqsManagedSseEnabled === true || inputs.kmsMasterKeyId !== undefined ? undefined : "it has neither SQS's key nor one of yours",
  ),
  each(
    "SQS.3",
    "Queues are not public",
    queue,
    "Name who may.",
    (resource, plan) => letsInEverybody(plan.attachedTo(resource, queuePolicy, "queueUrl"), plan) && "its policy lets in everybody",
  ),
  each("FL.SQS.1", "Queues refuse plain text", queue, "Give it a QueuePolicy that does.", (resource, plan) =>
    refusesPlainText(plan.attachedTo(resource, queuePolicy, "queueUrl"), plan) ? undefined : "no policy refuses requests without TLS",
  ),
  each(
    "SNS.1",
    "Topics are encrypted",
    topic,
    "Give it kmsKeyArn.",
    ({ inputs }) => inputs.kmsMasterKeyId === undefined && "kmsMasterKeyId is not set",
  ),
  each(
    "SNS.4",
    "Topics are not public",
    topic,
    "Name who may.",
    (resource, plan) => letsInEverybody(plan.attachedTo(resource, topicPolicy, "arn"), plan) && "its policy lets in everybody",
  ),
  expectInput("KMS.4", "Keys rotate", key, "enableKeyRotation", [true], "Set enableKeyRotation to true."),
  each(
    "KMS.5",
    "Keys are not public",
    key,
    "Name who may.",
    (resource, plan) => letsInEverybody([resource], plan) && "its policy lets in everybody",
  ),
  each("CloudWatch.16", "Logs are kept for a year", logGroup, "Set it to 365.", ({ inputs: { retentionInDays } }) =>
    retentionInDays !== undefined && Number(retentionInDays) !== 0 && Number(retentionInDays) < 365
      ? `retentionInDays is ${String(retentionInDays)}`
      : undefined,
  ),
  each(
    "CloudWatch.15",
    "Alarms tell somebody",
    alarm,
    "Give it a topic.",
    ({ inputs }) => ((inputs.alarmActions ?? []) as unknown[]).length === 0 && "it has no actions",
  ),
  each(
    "FL.SNS.1",
    "Topics of alarms have a subscriber",
    topic,
    "Name who is on call: alarmEmails in the stack's configuration. Where they subscribe elsewhere, except it and say so.",
    (resource, plan) =>
      plan.attachedTo(resource, alarm, "alarmActions").length > 0 &&
      plan.attachedTo(resource, "aws:sns/topicSubscription:TopicSubscription", "topic").length === 0 &&
      "alarms go to it, and nobody is subscribed",
  ),
];
