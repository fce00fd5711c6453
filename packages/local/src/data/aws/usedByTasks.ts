import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { ofType } from "../planResources";

/**
 * URNs of what tasks use: what their definitions refer to or wait for, what their roles have rights on, and what is tied to that, such as a queue's dead
 * letters, and the queues that a topic delivers to. Other buckets and queues, such as those of access logs, would be made for nobody.
 */
export function usedByTasks(plan: Plan): ReadonlySet<string> {
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const definitions = ofType(plan, "aws:ecs/taskDefinition:TaskDefinition");
  const roles = new Set(definitions.flatMap(({ inputs }) => referencesIn(inputs.taskRoleArn).map(({ urn }) => urn)));
  const policies = plan.resources.filter(
    ({ type, inputs }) => type.startsWith("aws:iam/rolePolicy") && referencesIn(inputs.role).some(({ urn }) => roles.has(urn)),
  );
  const used = new Set<string>();
  const add = (urns: readonly string[]) => {
    for (const urn of urns) {
      const resource = byUrn.get(urn);
      if (!resource || used.has(urn) || !tied.test(resource.type)) continue;
      used.add(urn);
      add(referencedBy(resource));
      add(deliveredBy(plan, resource));
    }
  };
  add([...definitions.flatMap((resource) => [...referencedBy(resource), ...resource.dependencies]), ...policies.flatMap(referencedBy)]);
  return used;
}

const tied = /^aws:(sqs|sns|dynamodb|s3|secretsmanager|iam)\//;

const referencedBy = ({ inputs }: PlanResource) => referencesIn(inputs).map(({ urn }) => urn);

function deliveredBy(plan: Plan, { urn, type }: PlanResource): string[] {
  if (type === "aws:sns/topic:Topic")
    return ofType(plan, "aws:sns/topicSubscription:TopicSubscription")
      .filter(({ inputs }) => referencesIn(inputs.topic)[0]?.urn === urn)
      .flatMap((subscription) => [subscription.urn]);
  if (type === "aws:sqs/queue:Queue")
    return plan.resources
      .filter(
        ({ type, inputs }) =>
          (type === "aws:sns/topicSubscription:TopicSubscription" && referencesIn(inputs.endpoint)[0]?.urn === urn) ||
          (type === "aws:sqs/redrivePolicy:RedrivePolicy" && referencesIn(inputs.queueUrl)[0]?.urn === urn),
      )
      .map((each) => each.urn);
  return [];
}
