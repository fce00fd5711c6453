import { closest, coded, UserError } from "@fairlead/model";
import type { Plan, PlanResource } from "@fairlead/plan";

import type { ChosenImport } from "./importFile";

/** What is set of a resource by resources of their own, which AWS knows by the same id: each by the property that names the resource. */
const settings: Readonly<Record<string, string>> = {
  "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": "clusterName",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": "repository",
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "repository",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": "bucket",
  "aws:s3/bucketLogging:BucketLogging": "bucket",
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": "bucket",
  "aws:s3/bucketPolicy:BucketPolicy": "bucket",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "bucket",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": "bucket",
  "aws:s3/bucketVersioning:BucketVersioning": "bucket",
  "aws:sns/topicPolicy:TopicPolicy": "arn",
  "aws:sqs/queuePolicy:QueuePolicy": "queueUrl",
};

/** The resources of a plan that `--import <name>=<id>` can mean: all that are a thing of their own. */
const isThing = ({ custom, type }: PlanResource) => custom && type.startsWith("aws:") && !(type in settings);

/**
 * What is to be taken into the state, with what is set of it: that is there or not, and only AWS knows.
 *
 * @param named `<name>` or `<type>:<name>` of the plan's resources, or their URNs, with the ids that they have at AWS
 * @throws UserError with every name that the plan doesn't have, or has more than once
 */
export function chosenImports(plan: Plan, named: readonly { name: string; id: string }[]): ChosenImport[] {
  const problems: string[] = [];
  const chosen = named.flatMap(({ name, id }) => {
    const found = plan.resources.filter((resource) => isThing(resource) && isCalled(resource, name));
    if (found.length === 1) return [{ urn: found[0]!.urn, id }];
    problems.push(found.length === 0 ? noneOf(plan, name) : `${name} is the name of several: ${found.map(typed).sort().join(", ")}`);
    return [];
  });
  if (problems.length > 0)
    throw new UserError(
      coded("FL3201", `${plan.stack} has no such resource to take over:\n${problems.map((each) => `  ${each}`).join("\n")}`),
    );
  return chosen;
}

/** What is set of the chosen resources by resources of their own. */
export function settingsOf(plan: Plan, chosen: readonly ChosenImport[]): ChosenImport[] {
  const ids = new Map(chosen.map(({ urn, id }) => [urn, id]));
  return plan.resources.flatMap(({ urn, type, propertyDependencies }) => {
    const property = settings[type];
    const [of] = property === undefined ? [] : (propertyDependencies[property] ?? []).filter((each) => ids.has(each));
    return of === undefined ? [] : [{ urn, id: ids.get(of)! }];
  });
}

const shortType = ({ type }: PlanResource) => type.split(":").at(-1)!;
const typed = (resource: PlanResource) => `${shortType(resource)}:${resource.name}`;

function isCalled(resource: PlanResource, name: string): boolean {
  return resource.urn === name || resource.name === name || typed(resource) === name;
}

function noneOf(plan: Plan, name: string): string {
  const names = [...new Set(plan.resources.filter(isThing).map((resource) => resource.name))];
  const meant = closest(name, names);
  return `${name}${meant === undefined ? "" : `. Did you mean ${meant}?`}`;
}
