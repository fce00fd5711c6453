import {
  dataLoss,
  harmless,
  harmlessOnes,
  interrupts,
  lessProtected,
  lowered,
  removed,
  turnedOff,
  unknown,
  whenever,
  type Judge,
  type Judges,
} from "./judge";

const rights: Judge = harmless;

const redrive: Judge = ({ before, after }) => {
  const receives = (value: unknown) =>
    typeof value === "string" ? Number(/"maxReceiveCount":\s*"?(\d+)/.exec(value)?.[1] ?? Number.NaN) : Number.NaN;
  if (before !== undefined && after === undefined)
    return dataLoss("Messages that can't be worked off are tried until they expire, and are then gone.");
  const [was, is] = [receives(before), receives(after)];
  if (Number.isNaN(was) || Number.isNaN(is)) return interrupts("Messages that can't be worked off go to another queue.");
  return is < was ? interrupts("Messages are given up after fewer tries.") : undefined;
};

/** Queues, topics, events and schedules. */
export const messaging: Readonly<Record<string, Judges>> = {
  "aws:sqs/queue:Queue": {
    ...harmlessOnes("tags receiveWaitTimeSeconds kmsDataKeyReusePeriodSeconds"),
    messageRetentionSeconds: lowered(dataLoss("Messages that wait for longer are deleted."), 345_600),
    visibilityTimeoutSeconds: lowered(interrupts("A message that takes longer to work off is given to a second worker meanwhile."), 30),
    delaySeconds: whenever(interrupts("Messages come later or earlier than before.")),
    maxMessageSize: lowered(interrupts("Messages that are larger are refused."), 262_144),
    redrivePolicy: redrive,
    redriveAllowPolicy: whenever(lessProtected("Other queues may use this one for their dead letters.")),
    kmsMasterKeyId: whenever(interrupts("Messages are encrypted with another key: whoever may not use that can't send or receive.")),
    sqsManagedSseEnabled: turnedOff(lessProtected("Messages are not encrypted by SQS's own key any more.")),
    policy: rights,
    contentBasedDeduplication: whenever(interrupts("Messages that are the same are dropped, or no longer.")),
    deduplicationScope: whenever(interrupts("Other messages count as the same.")),
    fifoThroughputLimit: harmless,
  },
  "aws:sqs/queuePolicy:QueuePolicy": { policy: rights },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": {
    redriveAllowPolicy: whenever(lessProtected("Other queues may use this one for their dead letters.")),
  },
  "aws:sns/topic:Topic": {
    ...harmlessOnes("tags displayName tracingConfig signatureVersion"),
    kmsMasterKeyId: whenever(interrupts("Messages are encrypted with another key: whoever may not use that can't send.")),
    policy: rights,
    deliveryPolicy: whenever(interrupts("Deliveries that fail are tried otherwise.")),
    contentBasedDeduplication: whenever(interrupts("Messages that are the same are dropped, or no longer.")),
  },
  "aws:sns/topicPolicy:TopicPolicy": { policy: rights },
  "aws:sns/topicSubscription:TopicSubscription": {
    filterPolicy: whenever(interrupts("Its endpoint gets other messages than before.")),
    filterPolicyScope: whenever(interrupts("Its endpoint gets other messages than before.")),
    rawMessageDelivery: whenever(interrupts("Its endpoint gets messages in another form.")),
    redrivePolicy: removed(lessProtected("Messages that can't be delivered are gone.")),
    deliveryPolicy: whenever(interrupts("Deliveries that fail are tried otherwise.")),
  },
  "aws:cloudwatch/eventRule:EventRule": {
    ...harmlessOnes("tags description"),
    eventPattern: whenever(interrupts("Other events reach its targets.")),
    scheduleExpression: whenever(interrupts("It runs at other times.")),
    state: ({ after }) => (after === "DISABLED" ? interrupts("Its events no longer reach anybody.") : undefined),
    roleArn: harmless,
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    arn: whenever(interrupts("Events reach somebody else.")),
    input: whenever(interrupts("It is told something else.")),
    inputTransformer: whenever(interrupts("It is told something else.")),
    ecsTarget: whenever(interrupts("Another task is started.")),
    roleArn: harmless,
    deadLetterConfig: removed(lessProtected("Events that can't be delivered are gone.")),
    retryPolicy: whenever(interrupts("Deliveries that fail are tried otherwise.")),
  },
  "aws:scheduler/schedule:Schedule": {
    ...harmlessOnes("description flexibleTimeWindow kmsKeyArn"),
    scheduleExpression: whenever(interrupts("Its job runs at other times: a run may be missed or come twice.")),
    scheduleExpressionTimezone: whenever(interrupts("Its job runs at other times: a run may be missed or come twice.")),
    startDate: whenever(interrupts("Its job runs from another day on.")),
    endDate: whenever(interrupts("Its job runs until another day.")),
    state: ({ after }) => (after === "DISABLED" ? interrupts("Its job runs no more.") : undefined),
    // The task definition is in it: another version with each image.
    target: ({ before, after }) => {
      const rest = (value: unknown) =>
        JSON.stringify(value, (key, item: unknown) => (key === "taskDefinitionArn" || key === "input" ? undefined : item));
      const retries = (value: unknown) =>
        Number((value as { retryPolicy?: { maximumRetryAttempts?: number } } | undefined)?.retryPolicy?.maximumRetryAttempts ?? 185);
      if (rest(before) === rest(after)) return undefined;
      return retries(after) < retries(before)
        ? interrupts("A run that AWS can't start is tried fewer times.")
        : unknown("Its job is started otherwise: in other subnets, with another role or other retries.");
    },
  },
};
