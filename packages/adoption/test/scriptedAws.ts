import { Sight, StackClients, type OperatedStack } from "@fairlead/operations";
import type { Plan, PlanResource } from "@fairlead/plan";

/** What AWS says to a command, by the command's name; an error is thrown. */
export type Answers = Record<string, object | ((input: never) => object)>;

/** Clients of AWS's SDK that answer by themselves. What no answer is given to is denied. */
export async function scriptedAws(answers: Answers) {
  const clients = new StackClients({ "aws:region": "eu-west-1" });
  const { tags, ec2, ecr, ecs, logs, loadBalancers, cloudFormation, databases, tables } = clients;
  for (const make of [tags, ec2, ecr, ecs, logs, loadBalancers, cloudFormation, databases, tables]) {
    const send = ({ constructor, input }: { constructor: { name: string }; input: never }) => {
      const answer = answers[constructor.name] ?? denied();
      const said = typeof answer === "function" ? (answer as (input: never) => object)(input) : answer;
      return said instanceof Error ? Promise.reject(said) : Promise.resolve(said);
    };
    Object.assign(await make(), { send });
  }
  return { clients, sight: new Sight("dev") };
}

/** As AWS refuses; not all of its services name the action. */
export function denied(action?: string): Error {
  const message =
    action === undefined ? "Access denied" : `User: arn:aws:iam::123456789012:user/me is not authorized to perform: ${action}`;
  return errorOf("AccessDeniedException", message);
}

export const errorOf = (name: string, message = name) => Object.assign(new Error(message), { name, $metadata: {} });

/** A resource of a plan. */
export const resource = (type: string, name: string, more: Partial<PlanResource> = {}): PlanResource => ({
  ...{ urn: `urn:pulumi:dev::shop::${type}::${name}`, type, name, parent: null, custom: type.startsWith("aws:"), inputs: {} },
  ...{ dependencies: [], propertyDependencies: {}, options: {} },
  ...more,
});

export const planOf = (...resources: PlanResource[]): Plan => ({ version: 1, project: "shop", stack: "dev", resources, outputs: {} });

/** A stack whose AWS answers so. */
export async function stackOf(plan: Plan, answers: Answers, inAws: Partial<OperatedStack["inAws"]> = {}): Promise<OperatedStack> {
  const { clients } = await scriptedAws(answers);
  return {
    plan,
    clients,
    project: { config: {} },
    inAws: { data: [], services: [], jobs: [], region: "eu-west-1", ...inAws },
  } as unknown as OperatedStack;
}

const account = "eu-west-1:123456789012";
export const arnOf = (service: string, rest: string) => `arn:aws:${service}:${account}:${rest}`;

/** As the tagging API lists what has tags. */
export const tagged = (arn: string, tags: Record<string, string> = {}) => ({
  ResourceARN: arn,
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});
