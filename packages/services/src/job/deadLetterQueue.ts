import { policyDocument, requireTls } from "@fairlead/foundation";
import { autoNamed } from "@fairlead/model";
import * as sqs from "@pulumi/aws/sqs";
import type * as pulumi from "@pulumi/pulumi";

const day = 24 * 60 * 60;

/**
 * The queue for what a schedule could not start: encrypted, TLS only. It keeps each as long as SQS can, 14 days.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
export function deadLetterQueue(
  name: string,
  { kmsKeyArn }: { kmsKeyArn?: pulumi.Input<string> },
  options: pulumi.CustomResourceOptions,
): sqs.Queue {
  const encryption = kmsKeyArn ? { kmsMasterKeyId: kmsKeyArn } : { sqsManagedSseEnabled: true };
  const queue = new sqs.Queue(autoNamed(`${name}-not-started`, "queue"), { ...encryption, messageRetentionSeconds: 14 * day }, options);
  const policy = policyDocument([requireTls("sqs:*", [queue.arn])]);
  new sqs.QueuePolicy(`${name}-not-started`, { queueUrl: queue.id, policy }, options);
  return queue;
}
