import { ArgumentErrors, policyDocument, requireTls, type Binding, type Statement } from "@fairlead/foundation";
import { autoNamed, bindingVariables, type Access } from "@fairlead/model";
import * as sns from "@pulumi/aws/sns";
import * as sqs from "@pulumi/aws/sqs";
import * as pulumi from "@pulumi/pulumi";

import type { Bindable, BindArgs } from "./bindable";
import type { DataDeclaration, Own } from "./declaration";
import { keyStatements } from "./encryption";
import type { SubscribedTopic } from "./topic";

/** Arguments of {@link Queue}. */
export interface QueueArgs {
  /** Seconds that a message is hidden once it was received; 0 to 43,200. 60 by default: longer than most messages take. */
  visibilityTimeoutSeconds?: number;
  /** Days that a message waits; 1 to 14. 4 by default, SQS's own. */
  retentionDays?: number;
  /** Times that a message is received before it goes to the dead-letter queue; 1 to 1,000. 5 by default. */
  maxReceiveCount?: number;
  /** Seconds that each new message is hidden before anybody receives it; 0 to 900. 0 by default. */
  delaySeconds?: number;
  /** Order and exactly-once within a message group. False by default: it limits the throughput. */
  fifo?: boolean;
  /** Topics whose messages come into the queue. Where they are encrypted, so must the queue be, with a key that SNS may use. */
  topics?: SubscribedTopic[];
  /**
   * Which messages of a topic come, by the topic's name: attributes with the values that they may have. All by default.
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
   */
  filterPolicies?: Record<string, Record<string, unknown>>;
  /** ARN of the KMS key that encrypts messages. SQS's own key by default. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Pulumi refuses deletion and replacement (`protect`), with which all messages are lost, until it is switched off. True by default. */
  deletionProtection?: boolean;
  /** Changes the arguments of the queue just before it is created. */
  transform?: (args: sqs.QueueArgs) => sqs.QueueArgs;
}

const day = 24 * 60 * 60;

/**
 * An SQS queue with a dead-letter queue, encrypted, TLS only.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 * @example
 * ```ts
 * const jobs = new Queue("jobs", { visibilityTimeoutSeconds: 300 });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class Queue extends pulumi.ComponentResource implements Bindable {
  readonly kind = "queue";
  readonly url: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly queueName: pulumi.Output<string>;
  readonly deadLetterQueueArn: pulumi.Output<string>;
  private readonly kmsKeyArn: pulumi.Input<string> | undefined;
  private readonly label: string;

  constructor(name: string, args: QueueArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:data:Queue", name, {}, options);
    this.label = name;
    validate(name, args);
    const { retentionDays = 4, maxReceiveCount = 5, visibilityTimeoutSeconds = 60, deletionProtection = true, kmsKeyArn, fifo } = args;
    const encryption = kmsKeyArn ? { kmsMasterKeyId: kmsKeyArn } : { sqsManagedSseEnabled: true };
    const kindOfQueue = fifo ? { fifoQueue: true } : {};
    // Its messages keep the time at which they were first sent, so it keeps them as long as SQS can.
    const deadLetters = this.queue(
      `${name}-dead-letters`,
      { ...encryption, ...kindOfQueue, messageRetentionSeconds: 14 * day },
      deletionProtection,
    );
    const base: sqs.QueueArgs = {
      ...encryption,
      ...kindOfQueue,
      messageRetentionSeconds: retentionDays * day,
      visibilityTimeoutSeconds,
      ...(args.delaySeconds !== undefined && { delaySeconds: args.delaySeconds }),
      // Long polling: fewer empty answers, and so a smaller bill.
      receiveWaitTimeSeconds: 20,
      redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount }),
    };
    const queue = this.queue(name, args.transform?.(base) ?? base, deletionProtection, args);
    new sqs.RedriveAllowPolicy(
      name,
      {
        queueUrl: deadLetters.id,
        redriveAllowPolicy: pulumi.jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
      },
      { parent: this },
    );
    this.url = queue.url;
    this.arn = queue.arn;
    this.queueName = queue.name;
    this.deadLetterQueueArn = deadLetters.arn;
    this.kmsKeyArn = kmsKeyArn;
    this.registerOutputs({ url: this.url, arn: this.arn });
  }

  /** `<NAME>_QUEUE_URL`. `read` receives, `write` sends. */
  bind({ access }: BindArgs): Binding {
    return queueBinding(this.label, this, access, this.kmsKeyArn);
  }

  private queue(
    name: string,
    args: sqs.QueueArgs,
    deletionProtection: boolean,
    { topics = [], filterPolicies = {} }: Pick<QueueArgs, "topics" | "filterPolicies"> = {},
  ): sqs.Queue {
    const parent = { parent: this };
    const queue = new sqs.Queue(autoNamed(name, "queue"), args, { ...parent, protect: deletionProtection || undefined });
    const fromTopics: Statement = {
      Effect: "Allow",
      Principal: { Service: "sns.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue.arn,
      Condition: { ArnEquals: { "aws:SourceArn": topics.map(({ arn }) => arn) } },
    };
    const policy = policyDocument([requireTls("sqs:*", [queue.arn]), ...(topics.length > 0 ? [fromTopics] : [])]);
    new sqs.QueuePolicy(name, { queueUrl: queue.id, policy }, parent);
    for (const topic of topics) {
      const policy = filterPolicies[topic.label];
      const filter = policy && { filterPolicy: JSON.stringify(policy) };
      const subscription = { topic: topic.arn, protocol: "sqs", endpoint: queue.arn, rawMessageDelivery: true, ...filter };
      new sns.TopicSubscription(`${name}-from-${topic.label}`, subscription, parent);
    }
    return queue;
  }
}

/** What is known of a queue that services are bound to. */
export interface BoundQueue {
  arn: pulumi.Input<string>;
  url: pulumi.Input<string>;
}

/** A queue's URL, and the permissions to receive and to send. */
export function queueBinding(label: string, { arn, url }: BoundQueue, access: Access, kmsKeyArn?: pulumi.Input<string>): Binding {
  const receive = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"];
  const send = ["sqs:SendMessage"];
  const actions = { read: receive, write: send, readWrite: [...receive, ...send] }[access];
  return {
    environment: { [bindingVariables("queue", label).environment.QUEUE_URL]: url },
    statements: [{ Effect: "Allow", Action: ["sqs:GetQueueAttributes", ...actions], Resource: arn }, ...keyStatements(kmsKeyArn)],
  };
}

/** Declares a {@link Queue}. `topics` names topics that are declared before it. */
export const queue = ({ topics = [], ...args }: Own<Omit<QueueArgs, "topics">> & { topics?: string[] } = {}): DataDeclaration<Queue> => ({
  kind: "queue",
  topics,
  // createData has found them all.
  create: (name, { kmsKeyArn, deletionProtection }, made) =>
    new Queue(name, {
      kmsKeyArn,
      deletionProtection,
      topics: topics.map((topicName) => made.get(topicName) as Bindable & SubscribedTopic),
      ...args,
    }),
});

function validate(name: string, args: QueueArgs): void {
  const errors = new ArgumentErrors();
  errors.range("visibilityTimeoutSeconds", args.visibilityTimeoutSeconds, [0, 43_200], "seconds");
  errors.range("retentionDays", args.retentionDays, [1, 14], "days");
  errors.range("delaySeconds", args.delaySeconds, [0, 900], "seconds");
  const labels = (args.topics ?? []).map(({ label }) => label);
  for (const topic of Object.keys(args.filterPolicies ?? {}))
    if (!labels.includes(topic))
      errors.refuse(`filterPolicies.${topic}`, `expected one of the queue's topics: ${labels.join(", ") || "there is none"}`);
  errors.range("maxReceiveCount", args.maxReceiveCount, [1, 1000], "receives");
  errors.throwIfAny(`Queue ${name}`);
}
