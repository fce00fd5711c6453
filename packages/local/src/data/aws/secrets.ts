import { isMap } from "@fairlead/model";
import { referencesIn, type Plan } from "@fairlead/plan";

import { arnOf, ofType, outputsOf } from "../planResources";
import { physicalName, type AwsContext, type AwsResource } from "./resource";
import type { TaskRights } from "./usedByTasks";

/**
 * Secrets that tasks read by the API, as their roles may. Those that ECS hands over as variables need none of it. A plan has no values: a login that was made
 * here has one, others are made empty.
 *
 * @param known values, as `LocalData.secrets`
 */
export function secrets({ plan, region, rights }: AwsContext, known: Readonly<Record<string, string>>): AwsResource[] {
  const read = readAtRuntime(plan, rights);
  return ofType(plan, "aws:secretsmanager/secret:Secret")
    .filter(({ urn }) => read.has(urn))
    .map((secret) => {
      const { urn, name } = secret;
      const Name = physicalName(plan, secret, { allowed: /[^a-z0-9/_+=.@-]+/g, longest: 512 });
      // Without the six letters that AWS adds: an emulator adds others each time, and takes it without them as AWS does.
      const arn = arnOf("secretsmanager", region, `secret:${Name}`);
      const SecretString = known[`${urn}#arn`];
      const put = { service: "secretsmanager", operation: "put-secret-value", request: { SecretId: Name, SecretString } };
      const create = {
        service: "secretsmanager",
        operation: "create-secret",
        request: { Name, SecretString },
        done: ["ResourceExistsException"],
        ...(SecretString !== undefined && { orElse: put }),
      };
      return {
        urn,
        outputs: outputsOf(urn, { id: arn, arn, name: Name }),
        calls: [{ stage: 0, call: create }],
        ...(SecretString === undefined && {
          notes: [`The secret ${name} has no value here until you give it one: aws secretsmanager put-secret-value --secret-id ${Name}.`],
        }),
      };
    });
}

/** Those in variables, and those that a task's own role may read. */
function readAtRuntime(plan: Plan, rights: TaskRights): Set<string> {
  const variables = ofType(plan, "aws:ecs/taskDefinition:TaskDefinition").flatMap(({ inputs }) => {
    const containers: unknown = typeof inputs.containerDefinitions === "string" ? JSON.parse(inputs.containerDefinitions) : [];
    return Array.isArray(containers) ? containers.map((container) => (isMap(container) ? container.environment : undefined)) : [];
  });
  return new Set([...variables.flatMap(referencesIn).map(({ urn }) => urn), ...[...rights.values()].flatMap((urns) => [...urns])]);
}
