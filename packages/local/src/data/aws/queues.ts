import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { awsEndpoint } from "../model";
import { arnOf, localAccount, ofType, outputsOf, textOf } from "../planResources";
import { defined, insideEndpoint, physicalName, withOutputs, type AwsContext, type AwsResource } from "./resource";

/** Arguments of a queue, by the API's names. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const attributes = {
  DelaySeconds: "delaySeconds",
  MaximumMessageSize: "maxMessageSize",
  MessageRetentionPeriod: "messageRetentionSeconds",
  ReceiveMessageWaitTimeSeconds: "receiveWaitTimeSeconds",
  VisibilityTimeout: "visibilityTimeoutSeconds",
  ContentBasedDeduplication: "contentBasedDeduplication",
  DeduplicationScope: "deduplicationScope",
  FifoThroughputLimit: "fifoThroughputLimit",
} as const;

/** Names and ARNs of all queues, used or not: others refer to them. */
export function queueOutputs({ plan, region }: AwsContext): Record<string, string> {
  return Object.assign(
    {},
    ...ofType(plan, "aws:sqs/queue:Queue").map((queue) => {
      const name = queueName(plan, queue);
      const url = `${awsEndpoint}/${localAccount}/${name}`;
      return outputsOf(queue.urn, { id: url, url, name, arn: arnOf("sqs", region, name) });
    }),
  ) as Record<string, string>;
}

const isFifo = ({ inputs }: PlanResource) => textOf(inputs.fifoQueue) === "true";

const queueName = (plan: Plan, queue: PlanResource) => physicalName(plan, queue, { suffix: isFifo(queue) ? ".fifo" : "" });

export function queues(context: AwsContext): AwsResource[] {
  const { plan, used } = context;
  const outputs = queueOutputs(context);
  const all = ofType(plan, "aws:sqs/queue:Queue");
  const policyOf = (queue: PlanResource): unknown =>
    queue.inputs.redrivePolicy ??
    ofType(plan, "aws:sqs/redrivePolicy:RedrivePolicy").find(({ inputs }) => referencesIn(inputs.queueUrl)[0]?.urn === queue.urn)?.inputs
      .redrivePolicy;
  return all
    .filter(({ urn }) => used.has(urn))
    .map((queue) => {
      const { urn, inputs } = queue;
      const own = Object.fromEntries(Object.entries(outputs).filter(([key]) => key.startsWith(`${urn}#`)));
      const set = defined({
        ...Object.fromEntries(Object.entries(attributes).map(([name, input]) => [name, textOf(inputs[input])])),
        RedrivePolicy: withOutputs(policyOf(queue), outputs),
      });
      const [QueueName, url] = [own[`${urn}#name`]!, own[`${urn}#url`]!];
      const done = ["QueueNameExists", "QueueAlreadyExists", "exists with the same name and a different value", "already exists"];
      const create = { QueueName, ...(isFifo(queue) && { Attributes: { FifoQueue: "true" } }) };
      return {
        urn,
        outputs: own,
        calls: [
          { stage: 0, call: { service: "sqs", operation: "create-queue", request: create, done } },
          // One that is there has the attributes that it had, and its dead letters' queue is there by now.
          ...(Object.keys(set).length === 0
            ? []
            : [
                {
                  stage: 1,
                  call: {
                    service: "sqs",
                    operation: "set-queue-attributes",
                    request: { QueueUrl: url.replace(awsEndpoint, insideEndpoint), Attributes: set },
                  },
                },
              ]),
        ],
      };
    });
}
