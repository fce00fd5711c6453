import * as sns from "@pulumi/aws/sns";
import * as sqs from "@pulumi/aws/sqs";

import type { DataDeclaration } from "../declaration";
import { queueBinding } from "../queue";
import { topicBinding, type SubscribedTopic } from "../topic";
import type { Bindable } from "../bindable";
import type { ExistingKey } from "./storage";

/** Arguments of {@link existingQueue}. */
export interface ExistingQueueArgs extends ExistingKey {
  /** Name of the queue, in the stack's account and region; that of a FIFO queue ends with `.fifo`. */
  queueName: string;
}

/**
 * An SQS queue that somebody else made and goes on to own: services are bound to it, and `up` neither changes nor deletes it. One that is not there fails the
 * preview. Two services that receive from one queue share its messages: before a new one is bound beside an old one, both must do the same with them.
 *
 * @example
 * ```ts
 * const data = { mails: existingQueue({ queueName: "shop-test-mails" }) };
 * ```
 */
export const existingQueue = ({ queueName, kmsKeyArn }: ExistingQueueArgs): DataDeclaration => ({
  kind: "queue",
  create: (name) => {
    const { arn, url } = sqs.getQueueOutput({ name: queueName });
    return { kind: "queue", bind: ({ access }) => queueBinding(name, { arn, url }, access, kmsKeyArn) };
  },
});

/** Arguments of {@link existingTopic}. */
export interface ExistingTopicArgs extends ExistingKey {
  /** Name of the topic, in the stack's account and region. */
  topicName: string;
}

/** An SNS topic that somebody else made and goes on to own; as {@link existingQueue}. A `queue` of the stack may name it among its topics. */
export const existingTopic = ({ topicName, kmsKeyArn }: ExistingTopicArgs): DataDeclaration<Bindable & SubscribedTopic> => ({
  kind: "topic",
  create: (name) => {
    const { arn } = sns.getTopicOutput({ name: topicName });
    return { kind: "topic", arn, label: name, bind: () => topicBinding(name, arn, kmsKeyArn) };
  },
});
