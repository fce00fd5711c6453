import { referencesIn, type PlanResource } from "@fairlead/plan";

import { arnOf, ofType, outputsOf, textOf } from "../planResources";
import { queueOutputs } from "./queues";
import { defined, physicalName, withOutputs, type AwsContext, type AwsResource } from "./resource";

/** Topics, and their subscriptions of queues. */
export function topics(context: AwsContext): AwsResource[] {
  const { plan, region, used } = context;
  const queues = queueOutputs(context);
  const all = ofType(plan, "aws:sns/topic:Topic");
  const outputs: Record<string, string> = {};
  const names = new Map<string, string>();
  for (const topic of all) {
    const name = physicalName(plan, topic, { longest: 256, suffix: isFifo(topic) ? ".fifo" : "" });
    names.set(topic.urn, name);
    Object.assign(outputs, outputsOf(topic.urn, { id: arnOf("sns", region, name), arn: arnOf("sns", region, name), name }));
  }
  const made = all
    .filter(({ urn }) => used.has(urn))
    .map((topic): AwsResource => {
      const { urn, inputs } = topic;
      const Attributes = defined({
        FifoTopic: isFifo(topic) ? "true" : undefined,
        ContentBasedDeduplication: isFifo(topic) ? textOf(inputs.contentBasedDeduplication) : undefined,
      });
      const request = { Name: names.get(urn), ...(Object.keys(Attributes).length > 0 && { Attributes }) };
      const own = Object.fromEntries(Object.entries(outputs).filter(([key]) => key.startsWith(`${urn}#`)));
      return { urn, outputs: own, calls: [{ stage: 0, call: { service: "sns", operation: "create-topic", request } }] };
    });
  const subscriptions = ofType(plan, "aws:sns/topicSubscription:TopicSubscription")
    .filter(({ inputs }) => used.has(referencesIn(inputs.topic)[0]?.urn ?? ""))
    .map((subscription) => subscriptionOf(subscription, { ...outputs, ...queues }));
  return [...made, ...subscriptions];
}

const isFifo = ({ inputs }: PlanResource) => textOf(inputs.fifoTopic) === "true";

/** @see https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
function subscriptionOf({ urn, name, inputs }: PlanResource, outputs: Record<string, string>): AwsResource {
  const protocol = textOf(inputs.protocol);
  if (protocol !== "sqs") {
    return {
      urn,
      outputs: {},
      calls: [],
      notes: [`The subscription ${name} is of ${protocol ?? "a protocol that AWS tells"}: here a topic delivers to queues alone.`],
    };
  }
  const request = {
    TopicArn: withOutputs(inputs.topic, outputs),
    Protocol: protocol,
    Endpoint: withOutputs(inputs.endpoint, outputs),
    ReturnSubscriptionArn: true,
    Attributes: defined({
      RawMessageDelivery: textOf(inputs.rawMessageDelivery),
      FilterPolicy: textOf(inputs.filterPolicy),
      FilterPolicyScope: textOf(inputs.filterPolicyScope),
      RedrivePolicy: withOutputs(inputs.redrivePolicy, outputs),
    }),
  };
  return { urn, outputs: {}, calls: [{ stage: 2, call: { service: "sns", operation: "subscribe", request } }] };
}
