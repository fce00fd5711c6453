import { letsInEverybody, refusesPlainText } from "../resourcePolicy";
import { each, expectInput, type Rule } from "../rule";

const queue = "aws:sqs/queue:Queue";
const topic = "aws:sns/topic:Topic";
const queuePolicy = "aws:sqs/queuePolicy:QueuePolicy";
const topicPolicy = "aws:sns/topicPolicy:TopicPolicy";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";
const key = "aws:kms/key:Key";

/** Queues, topics, logs, alarms and the keys that encrypt them. */
export const messagingRules: Rule[] = [
  each("SQS.1", "Queues are encrypted", queue, ({ inputs }) =>
    inputs.sqsManagedSseEnabled === true || inputs.kmsMasterKeyId !== undefined
      ? undefined
      : { problem: "it has neither SQS's key nor one of yours", fix: "Set sqsManagedSseEnabled, or kmsMasterKeyId." },
  ),
  each(
    "SQS.3",
    "Queues are not public",
    queue,
    (resource, plan) =>
      letsInEverybody(plan.attachedTo(resource, queuePolicy, "queueUrl"), plan) && {
        problem: "its policy lets in everybody",
        fix: "Name who may.",
      },
  ),
  each("FL.SQS.1", "Queues refuse plain text", queue, (resource, plan) =>
    refusesPlainText(plan.attachedTo(resource, queuePolicy, "queueUrl"), plan)
      ? undefined
      : { problem: "no policy refuses requests without TLS", fix: "Give it a QueuePolicy that does." },
  ),
  each(
    "SNS.1",
    "Topics are encrypted",
    topic,
    ({ inputs }) => inputs.kmsMasterKeyId === undefined && { problem: "kmsMasterKeyId is not set", fix: "Give it kmsKeyArn." },
  ),
  each(
    "SNS.4",
    "Topics are not public",
    topic,
    (resource, plan) =>
      letsInEverybody(plan.attachedTo(resource, topicPolicy, "arn"), plan) && {
        problem: "its policy lets in everybody",
        fix: "Name who may.",
      },
  ),
  expectInput("KMS.4", "Keys rotate", key, "enableKeyRotation", [true], "Set enableKeyRotation to true."),
  each(
    "KMS.5",
    "Keys are not public",
    key,
    (resource, plan) => letsInEverybody([resource], plan) && { problem: "its policy lets in everybody", fix: "Name who may." },
  ),
  each("CloudWatch.16", "Logs are kept for a year", logGroup, ({ inputs: { retentionInDays } }) =>
    retentionInDays !== undefined && Number(retentionInDays) !== 0 && Number(retentionInDays) < 365
      ? { problem: `retentionInDays is ${String(retentionInDays)}`, fix: "Set it to 365." }
      : undefined,
  ),
  each(
    "CloudWatch.15",
    "Alarms tell somebody",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    ({ inputs }) => ((inputs.alarmActions ?? []) as unknown[]).length === 0 && { problem: "it has no actions", fix: "Give it a topic." },
  ),
];
