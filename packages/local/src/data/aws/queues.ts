import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import type { AwsCall } from "../awsCalls";
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
  const redriven = all.flatMap((queue) => referencesIn(policyOf(queue)).map(({ urn }) => urn));
  return all
    .filter(({ urn }) => used.has(urn))
    .map((queue) => {
      const { urn, inputs } = queue;
      const own = Object.fromEntries(Object.entries(outputs).filter(([key]) => key.startsWith(`${urn}#`)));
      const [QueueName, url] = [own[`${urn}#name`]!, own[`${urn}#url`]!];
      const set = defined(Object.fromEntries(Object.entries(attributes).map(([name, input]) => [name, textOf(inputs[input])])));
      const RedrivePolicy = withOutputs(policyOf(queue), outputs);
      const kind = isFifo(queue) ? { FifoQueue: "true" } : undefined;
      const setting = (Attributes: Record<string, string>) => ({
        service: "sqs",
        operation: "set-queue-attributes",
        request: { QueueUrl: url.replace(awsEndpoint, insideEndpoint), Attributes },
      });
      const making = (Attributes: Record<string, string>): AwsCall => ({
        service: "sqs",
        operation: "create-queue",
        request: { QueueName, ...((kind || Object.keys(Attributes).length > 0) && { Attributes: { ...kind, ...Attributes } }) },
        done: ["QueueNameExists", "QueueAlreadyExists", "exists with the same name and a different value", "already exists"],
        ...(Object.keys(Attributes).length > 0 && { orElse: setting(Attributes) }),
      });
      const calls: AwsResource["calls"] =
        RedrivePolicy === undefined
          ? [{ stage: 0, call: making(set) }]
          : // A queue of dead letters has to be there before the queue that names it.
            redriven.includes(urn)
            ? [
                { stage: 0, call: making(set) },
                { stage: 2, call: setting({ RedrivePolicy }) },
              ]
            : [{ stage: 1, call: making({ ...set, RedrivePolicy }) }];
      return { urn, outputs: own, calls };
    });
}
