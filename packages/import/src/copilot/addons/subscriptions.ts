import { childOf, textOf } from "../../source/sourceNode";
import { mentions, type Resource, type Template } from "./template";

/** What becomes of a topic's messages by a resource of its own. */
interface Subscription {
  resource: Resource;
  /** The address that its messages are sent to, where that can be told and nothing else is said of it. */
  email?: string;
}

const said = ["TopicArn", "Protocol", "Endpoint"];

/** The subscriptions to a topic of the same template. */
export function subscriptionsOf(template: Template, topic: string): Subscription[] {
  const all = [...template.resources.values()].filter(({ type }) => type === "AWS::SNS::Subscription");
  return all
    .filter((each) => mentions(template.property(each, "TopicArn"), topic))
    .map((resource) => {
      const endpoint = template.value(template.property(resource, "Endpoint"));
      const isEmail =
        textOf(template.property(resource, "Protocol")) === "email" && endpoint !== undefined && /^[^\s"@]+@[^\s"@]+$/.test(endpoint);
      const isPlain = template.properties(resource).every(([key]) => said.includes(key)) && !childOf(resource.node, "Condition");
      return { resource, ...(isEmail && isPlain ? { email: endpoint } : {}) };
    });
}
