import {
  dataLoss,
  harmless,
  harmlessOnes,
  interrupts,
  isUnknown,
  lessProtected,
  lowered,
  removed,
  turnedOff,
  whenever,
  type Judge,
  type Judges,
} from "./judge";
import { another } from "./references";
import { scheduledTarget } from "./scheduledCalls";

const rights: Judge = harmless;

const redrive: Judge = ({ before, after, isNew }) => {
  const receives = (value: unknown) =>
    typeof value === "string" ? Number(/"maxReceiveCount":\s*"?(\d+)/.exec(value)?.[1] ?? Number.NaN) : Number.NaN;
  if (isNew || before === undefined) return undefined;
  if (after === undefined) return dataLoss("Messages that can't be worked off are tried until they expire, and are then gone.");
  const [was, is] = [receives(before), receives(after)];
  const queue = (value: unknown) =>
    typeof value === "string" ? /"deadLetterTargetArn":\s*"([^"]*)"/.exec(value)?.[1] : JSON.stringify(value);
  if (Number.isNaN(was) || Number.isNaN(is) || queue(before) !== queue(after))
    return interrupts("Messages that can't be worked off go to another queue.");
  return is < was ? interrupts("Messages are given up after fewer tries.") : undefined;
};

/** Queues, topics, events and schedules. */
export const messaging: Readonly<Record<string, Judges>> = {
  "aws:sqs/queue:Queue": {
    ...harmlessOnes("tags receiveWaitTimeSeconds kmsDataKeyReusePeriodSeconds"),
    messageRetentionSeconds: lowered(dataLoss("Messages that wait for longer are deleted.")),
    visibilityTimeoutSeconds: lowered(interrupts("A message that takes longer to work off is given to a second worker meanwhile.")),
    delaySeconds: whenever(interrupts("Messages come later or earlier than before.")),
    maxMessageSize: lowered(interrupts("Messages that are larger are refused.")),
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
    archivePolicy: whenever(lessProtected("Messages are kept for another time, or no longer: those that are older can't be sent again.")),
    fifoThroughputScope: harmless,
    ...Object.fromEntries(
      ["application", "firehose", "http", "lambda", "sqs"].flatMap((kind) => [
        [`${kind}SuccessFeedbackRoleArn`, removed(lessProtected("Deliveries are no longer logged."))],
        [`${kind}FailureFeedbackRoleArn`, removed(lessProtected("Deliveries that fail are no longer logged."))],
        [`${kind}SuccessFeedbackSampleRate`, harmless],
      ]),
    ),
    contentBasedDeduplication: whenever(interrupts("Messages that are the same are dropped, or no longer.")),
  },
  "aws:sns/topicPolicy:TopicPolicy": { policy: rights },
  "aws:sns/topicSubscription:TopicSubscription": {
    endpoint: ({ after, is, isNew }) => {
      // Who gets an e-mail or a text message has to agree first, and is a person.
      if (!isNew || isUnknown(after) || /^(email|email-json|sms)$/.test(String(is.inputs.protocol))) return undefined;
      return lessProtected(`Whatever is published to the topic reaches ${String(after)} from then on.`);
    },
    ...harmlessOnes("confirmationTimeoutInMinutes endpointAutoConfirms"),
    replayPolicy: whenever(interrupts("Its endpoint gets messages again that it had.")),
    subscriptionRoleArn: whenever(interrupts("Another role delivers messages: if it may not, none comes.")),
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
    isEnabled: turnedOff(interrupts("Its events no longer reach anybody."), true),
    forceDestroy: harmless,
    roleArn: harmless,
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    arn: ({ after, isNew }) => {
      if (!isNew) return interrupts("Events reach somebody else.");
      return isUnknown(after) ? undefined : lessProtected(`The rule's events reach ${String(after)} from then on.`);
    },
    input: whenever(interrupts("It is told something else.")),
    inputPath: whenever(interrupts("It is told something else.")),
    httpTarget: whenever(interrupts("It is asked with other headers and parameters.")),
    sqsTarget: whenever(interrupts("Messages come in another group.")),
    kinesisTarget: whenever(interrupts("Events come in another part of the stream.")),
    batchTarget: whenever(interrupts("Another job is started.")),
    runCommandTargets: whenever(interrupts("Commands reach other instances.")),
    appsyncTarget: whenever(interrupts("Another operation is asked.")),
    redshiftTarget: whenever(interrupts("Another statement is run.")),
    sagemakerPipelineTarget: whenever(interrupts("Another pipeline is started.")),
    forceDestroy: harmless,
    inputTransformer: whenever(interrupts("It is told something else.")),
    ecsTarget: whenever(interrupts("Another task is started.")),
    roleArn: another(interrupts("Another role calls its target: if that may not, nothing is called, and nobody is told.")),
    deadLetterConfig: removed(lessProtected("Events that can't be delivered are gone.")),
    retryPolicy: whenever(interrupts("Deliveries that fail are tried otherwise.")),
  },
  "aws:sfn/stateMachine:StateMachine": {
    definition: whenever(interrupts("What its runs do is otherwise: how long one may take, or how often it is tried.")),
    roleArn: another(interrupts("Another role runs its tasks: if that may not, none runs.")),
    ...harmlessOnes("tags loggingConfiguration tracingConfiguration publish encryptionConfiguration"),
  },
  "aws:scheduler/schedule:Schedule": {
    ...harmlessOnes("description flexibleTimeWindow kmsKeyArn"),
    scheduleExpression: whenever(interrupts("Its job runs at other times: a run may be missed or come twice.")),
    scheduleExpressionTimezone: whenever(interrupts("Its job runs at other times: a run may be missed or come twice.")),
    startDate: whenever(interrupts("Its job runs from another day on.")),
    endDate: whenever(interrupts("Its job runs until another day.")),
    state: ({ after, isNew }) => (!isNew && after === "DISABLED" ? interrupts("Its job runs no more.") : undefined),
    target: scheduledTarget,
    actionAfterCompletion: ({ after }) =>
      after === "DELETE" ? interrupts("AWS deletes it after its last run; the next `up` makes it again.") : undefined,
  },
};
