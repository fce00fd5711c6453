import type { PlanResource } from "@fairlead/plan";

import { parsedJson } from "../valueDifference";
import { shortText } from "./shortText";
import { unvalued, type Facts } from "./specFacts";

/** Stands where a policy is known only after apply, as a whole: permissions then say nothing. */
export const permissionsUnknown = "permissions";

/** What the service's program may do: the policies of the role that its task definition names as the task's. */
export function permissionFacts(resources: readonly PlanResource[]): Facts {
  const facts: Facts = new Map();
  const taskRoles = new Set(
    resources
      .filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")
      .flatMap(({ propertyDependencies }) => propertyDependencies.taskRoleArn ?? []),
  );
  for (const { type, inputs, propertyDependencies } of resources) {
    if (type !== "aws:iam/rolePolicy:RolePolicy" || !(propertyDependencies.role ?? []).some((urn) => taskRoles.has(urn))) continue;
    const document = (typeof inputs.policy === "string" ? parsedJson(inputs.policy) : undefined) as { Statement?: Statement[] } | undefined;
    if (!document) facts.set(permissionsUnknown, unvalued);
    for (const { Action, Resource } of document?.Statement ?? []) {
      const on = asList(Resource).map(shortText).join(", ");
      for (const action of asList(Action)) facts.set(`may ${shortText(action)} on ${on}`, unvalued);
    }
  }
  return facts;
}

interface Statement {
  Action?: unknown;
  Resource?: unknown;
}

function asList(value: unknown): unknown[] {
  return value === undefined ? [] : ([] as unknown[]).concat(value);
}
