import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { ofType } from "../planResources";

/**
 * URNs of what tasks use: what their definitions refer to or wait for, what their roles have rights on, and what is tied to that, such as a queue's dead
 * letters, and the queues that a topic delivers to. Other buckets and queues, such as those of access logs, would be made for nobody.
 */
export function usedByTasks(plan: Plan, rights: TaskRights): ReadonlySet<string> {
  const definitions = ofType(plan, definitionType);
  return tiedTo(plan, [
    ...definitions.flatMap((resource) => [...referencedBy(resource), ...resource.dependencies]),
    ...[...rights.values()].flatMap((urns) => [...urns]),
  ]);
}

/** By the URN of each task's own role, what it has rights on. Execution roles are for ECS. */
export type TaskRights = ReadonlyMap<string, ReadonlySet<string>>;

/** By the roles' own policies, and by those that are attached to them. */
export function rightsOfTaskRoles(plan: Plan): TaskRights {
  const roles = new Set(ofType(plan, definitionType).flatMap(({ inputs }) => referencesIn(inputs.taskRoleArn).map(({ urn }) => urn)));
  const policies = plan.resources.filter(({ type }) => type.startsWith("aws:iam/rolePolicy"));
  const of = (role: string) => policies.filter(({ inputs }) => referencesIn(inputs.role).some(({ urn }) => urn === role));
  return new Map([...roles].map((role) => [role, tiedTo(plan, [role, ...of(role).flatMap(referencedBy)])]));
}

const definitionType = "aws:ecs/taskDefinition:TaskDefinition";

function tiedTo(plan: Plan, urns: readonly string[]): Set<string> {
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const found = new Set<string>();
  const add = (more: readonly string[]) => {
    for (const urn of more) {
      const resource = byUrn.get(urn);
      if (!resource || found.has(urn) || !tied.test(resource.type)) continue;
      found.add(urn);
      add(referencedBy(resource));
      add(deliveredBy(plan, resource));
    }
  };
  add(urns);
  return found;
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
