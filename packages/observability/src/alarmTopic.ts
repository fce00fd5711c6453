import { policyDocument, type Statement } from "@fairlead/foundation";
import { autoNamed } from "@fairlead/model";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link AlarmTopic}. */
export interface AlarmTopicArgs {
  /** ARN of the KMS key that encrypts messages; its policy must let CloudWatch and EventBridge use it, as {@link EncryptionKey}'s does. */
  kmsKeyArn?: pulumi.Input<string>;
  /** E-mail addresses that are asked to subscribe. None by default. */
  emails?: string[];
  /** ARN of the cluster whose failed deployments are reported as well. */
  clusterArn?: pulumi.Input<string>;
  /** Changes the arguments of the topic just before it is created. */
  transform?: (args: sns.TopicArgs) => sns.TopicArgs;
}

/**
 * Where an environment's alarms go: one SNS topic, for people and for what calls them at night. Reports failed deployments of a cluster's
 * services too.
 *
 * @example
 * ```ts
 * const alarmTopic = new AlarmTopic("prod", { emails: ["on-call@example.com"], clusterArn: cluster.arn });
 * ```
 */
export class AlarmTopic extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs = {}, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:observability:AlarmTopic", name, {}, options);
    const parent = { parent: this };
    const base: sns.TopicArgs = { displayName: `Alarms of ${name}`, kmsMasterKeyId: args.kmsKeyArn };
    const topic = new sns.Topic(`${name}-alarms`, args.transform?.(base) ?? base, parent);
    const { accountId } = getCallerIdentityOutput({}, parent);
    const policy = new sns.TopicPolicy(
      `${name}-alarms`,
      {
        arn: topic.arn,
        policy: policyDocument([
          {
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
          // EventBridge supports no condition in a topic's policy.
          ...(args.clusterArn ? [fromEventBridge(topic.arn)] : []),
        ]),
      },
      parent,
    );
    for (const email of args.emails ?? []) {
      new sns.TopicSubscription(`${name}-${email}`, { topic: topic.arn, protocol: "email", endpoint: email }, parent);
    }
    // Until the policy is there the topic takes nothing: who reads its ARN waits for it.
    this.arn = pulumi.all([topic.arn, policy.id]).apply(([arn]) => arn);
    if (args.clusterArn) this.reportFailedDeployments(name, args.clusterArn, this.arn);
    this.registerOutputs({ arn: this.arn });
  }

  /** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html */
  private reportFailedDeployments(name: string, clusterArn: pulumi.Input<string>, topicArn: pulumi.Output<string>): void {
    const parent = { parent: this };
    const services = pulumi.output(clusterArn).apply((arn) => `${arn.replace(":cluster/", ":service/")}/`);
    const rule = new cloudwatch.EventRule(
      autoNamed(`${name}-failed-deployments`, "eventRule"),
      {
        description: "Deployments that ECS rolled back or gave up",
        eventPattern: pulumi.jsonStringify({
          source: ["aws.ecs"],
          "detail-type": ["ECS Deployment State Change"],
          resources: [{ prefix: services }],
          detail: { eventName: ["SERVICE_DEPLOYMENT_FAILED"] },
        }),
      },
      parent,
    );
    new cloudwatch.EventTarget(`${name}-failed-deployments`, { rule: rule.name, arn: topicArn }, parent);
  }
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions */
function fromEventBridge(topicArn: pulumi.Output<string>): Statement {
  return { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sns:Publish", Resource: topicArn };
}
