import { nounOf, shortText, type ServiceParts } from "@fairlead/changes";
import { referencesIn, type Plan } from "@fairlead/plan";

import { documentIn } from "../openings/statements";
import { wordFor } from "./actions";
import type { Permission, PermissionsFact } from "./facts";
import type { Sides } from "./sides";

const taskDefinition = "aws:ecs/taskDefinition:TaskDefinition";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

/** What programs may do: the policies of the role that their task definition names as the task's, and the roles that they have in databases. */
export function permissionFacts({ pairs, changes: { before: old, after: now }, isTold }: Sides): PermissionsFact[] {
  const nouns = new Map([...nounsIn(old), ...nounsIn(now)]);
  const staying = new Set(now.resources.map(({ urn }) => urn));
  return pairs.flatMap(({ name, before, after }): PermissionsFact[] => {
    const [was, is] = [permissionsOf(before, nouns), permissionsOf(after, nouns)];
    if (!was || !is) return [];
    const beyond = (ones: Found[], others: Found[], counts: (found: Found) => boolean) => {
      const known = new Set(others.map(keyOf));
      return distinct(ones.filter((one) => !known.has(keyOf(one)) && counts(one)));
    };
    const more = beyond(is, was, () => true);
    const gains = beyond(is, was, ({ urn }) => !isTold(urn));
    // A danger of a policy says what more it allows, else what it allows no longer; of one that goes it doesn't say what that was.
    const loses = beyond(was, is, ({ urn }) => !isTold(urn) || !staying.has(urn) || more.length > 0);
    return gains.length + loses.length > 0 ? [{ kind: "permissions", of: name, gains, loses }] : [];
  });
}

/** A permission, and the resource that gives it. */
interface Found extends Permission {
  urn: string;
}

/** Undefined where a policy is known only after apply. */
function permissionsOf({ resources }: ServiceParts, nouns: ReadonlyMap<string, string>): Found[] | undefined {
  const roles = new Set(
    resources.filter(({ type }) => type === taskDefinition).flatMap(({ propertyDependencies }) => propertyDependencies.taskRoleArn ?? []),
  );
  const all: Found[] = [];
  for (const { type, urn, inputs, propertyDependencies } of resources) {
    if (type.endsWith(":DatabaseRole")) all.push(...databasePermissions(urn, inputs));
    if (type !== rolePolicy || !(propertyDependencies.role ?? []).some((role) => roles.has(role))) continue;
    const document = documentIn(inputs.policy);
    if (!document) return undefined;
    for (const { effect, action, resource } of document.permissions) {
      const what = wordFor(action);
      if (effect === "Allow" && what !== undefined) all.push({ urn, what, on: placeOf(resource, nouns) });
    }
  }
  return all;
}

function databasePermissions(urn: string, { access, databaseName }: Record<string, unknown>): Found[] {
  const on = `database ${shortText(databaseName)}`;
  return [{ urn, what: "read from", on }, ...(access === "read" ? [] : [{ urn, what: "write to", on }])];
}

/** `queue report-requests`, whichever part of it a policy names. */
function placeOf(resource: string, nouns: ReadonlyMap<string, string>): string {
  const [reference] = referencesIn(resource);
  const known = reference && nouns.get(reference.urn);
  if (known !== undefined) return known;
  return resource === "*" ? "anything" : shortText(resource);
}

/** What each resource is called: an SQS queue is a queue. */
function nounsIn({ resources }: Plan): [string, string][] {
  return resources
    .filter(({ custom }) => custom)
    .map(({ urn, type, name, inputs }) => [urn, `${nounOf(type, inputs).replace(/^(SQS|SNS|S3|DynamoDB|KMS|EFS) /, "")} ${name}`]);
}

const keyOf = ({ what, on }: Permission) => `${what} ${on}`;

function distinct(found: readonly Found[]): Permission[] {
  return [...new Map(found.map(({ what, on }) => [keyOf({ what, on }), { what, on }])).values()];
}
