import { policyDocument, requireTls, type Binding } from "@fairlead/foundation";
import { autoNamed, bindingVariables } from "@fairlead/model";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";

import type { Bindable } from "./bindable";
import type { DataDeclaration, Own } from "./declaration";
import { keyStatements } from "./encryption";

/** Arguments of {@link Topic}. */
export interface TopicArgs {
  /**
   * ARN of the KMS key that encrypts messages. `alias/aws/sns` by default, with which AWS services can't publish: give them a key of yours.
   * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
   */
  kmsKeyArn?: pulumi.Input<string>;
  /** E-mail addresses that AWS asks whether they want its messages. None by default. */
  emails?: string[];
  /** Changes the arguments of the topic just before it is created. */
  transform?: (args: sns.TopicArgs) => sns.TopicArgs;
}

/**
 * An SNS topic, encrypted, TLS only.
 *
 * @example
 * ```ts
 * const events = new Topic("events");
 * const mails = new Queue("mails", { topics: [events] });
 * ```
 */
export class Topic extends pulumi.ComponentResource implements Bindable {
  readonly kind = "topic";
  readonly arn: pulumi.Output<string>;
  private readonly kmsKeyArn: pulumi.Input<string> | undefined;
  readonly label: string;

  constructor(name: string, args: TopicArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:data:Topic", name, {}, options);
    this.label = name;
    const base: sns.TopicArgs = { kmsMasterKeyId: args.kmsKeyArn ?? "alias/aws/sns" };
    const topic = new sns.Topic(autoNamed(name, "topic"), args.transform?.(base) ?? base, { parent: this });
    const policy = policyDocument([requireTls("sns:Publish", [topic.arn])]);
    new sns.TopicPolicy(name, { arn: topic.arn, policy }, { parent: this });
    for (const email of args.emails ?? [])
      new sns.TopicSubscription(`${name}-${email}`, { topic: topic.arn, protocol: "email", endpoint: email }, { parent: this });
    this.arn = topic.arn;
    this.kmsKeyArn = args.kmsKeyArn;
    this.registerOutputs({ arn: this.arn });
  }

  /** `<NAME>_TOPIC_ARN`, and the permission to publish. */
  bind(): Binding {
    return topicBinding(this.label, this.arn, this.kmsKeyArn);
  }
}

/** What a queue that takes a topic's messages knows of it; `label` names the subscription. */
export interface SubscribedTopic {
  readonly arn: pulumi.Output<string>;
  readonly label: string;
}

/** A topic's ARN, and the permission to publish. */
export function topicBinding(label: string, arn: pulumi.Input<string>, kmsKeyArn?: pulumi.Input<string>): Binding {
  return {
    environment: { [bindingVariables("topic", label).environment.TOPIC_ARN]: arn },
    statements: [{ Effect: "Allow", Action: "sns:Publish", Resource: arn }, ...keyStatements(kmsKeyArn)],
  };
}

/** Declares a {@link Topic}. */
export const topic = (args: Own<TopicArgs> = {}): DataDeclaration<Topic> => ({
  kind: "topic",
  create: (name, { kmsKeyArn }) => new Topic(name, { kmsKeyArn, ...args }),
});
