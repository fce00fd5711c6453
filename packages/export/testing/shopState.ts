import { signatureKey } from "@fairlead/plan";

/** Stands in a state where a secret is, with --show-secrets. */
export const plantedSecret = "planted-9f8e7d6c5b";

const secret = { [signatureKey]: "1b47061264138c4ac30d75fd1eb44270", plaintext: JSON.stringify(plantedSecret) };
const account = "111122223333";
const arn = (service: string, what: string, region = "eu-west-1") => `arn:aws:${service}:${region}:${account}:${what}`;
const urnOf = (type: string, name: string) => `urn:pulumi:live::shop::${type}::${name}`;

interface Stored {
  type: string;
  urn: string;
  custom: boolean;
  id?: string;
  parent?: string;
  delete?: boolean;
  external?: boolean;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** A resource of a state. `parts` are its id, inputs and others. */
export function stored(type: string, name: string, parts: Partial<Stored> = {}): Stored {
  const custom = !type.startsWith("fairlead:") && type !== "pulumi:pulumi:Stack";
  return { type, urn: urnOf(type, name), custom, inputs: {}, outputs: {}, ...parts };
}

const service = urnOf("fairlead:stacks:Service", "cart");
const taskDefinitionArn = arn("ecs", "task-definition/live-cart:7");
const container = {
  name: "cart",
  image: `${account}.dkr.ecr.eu-west-1.amazonaws.com/cart@sha256:${"ab".repeat(32)}`,
  essential: true,
  environment: [{ name: "MODE", value: "live" }],
  secrets: [{ name: "KEY", valueFrom: arn("secretsmanager", "secret:key-AbCdEf") }],
};

/** A stack with a service, as `pulumi stack export --show-secrets` has it: its database has a password in it. */
export const shopResources: readonly Stored[] = [
  stored("pulumi:pulumi:Stack", "shop-live"),
  stored("pulumi:providers:aws", "default", { id: "f00" }),
  stored("fairlead:stacks:Service", "cart"),
  stored("aws:ecs/cluster:Cluster", "live", {
    id: arn("ecs", "cluster/live"),
    inputs: { name: "live" },
    outputs: { arn: arn("ecs", "cluster/live"), name: "live", region: "eu-west-1" },
  }),
  stored("aws:ecs/taskDefinition:TaskDefinition", "cart", {
    id: "live-cart",
    parent: service,
    inputs: {
      containerDefinitions: JSON.stringify([container]),
      cpu: "256",
      family: "live-cart",
      memory: "512",
      networkMode: "awsvpc",
      requiresCompatibilities: ["FARGATE"],
      tags: { owner: "shop" },
      __defaults: ["skipDestroy"],
    },
    outputs: { arn: taskDefinitionArn, revision: 7, region: "eu-west-1" },
  }),
  stored("aws:ecs/taskDefinition:TaskDefinition", "cart", { id: "live-cart", delete: true }),
  stored("aws:ecs/service:Service", "cart", {
    id: arn("ecs", "service/live/cart"),
    parent: service,
    inputs: { cluster: arn("ecs", "cluster/live"), desiredCount: 2, name: "cart", taskDefinition: taskDefinitionArn },
    outputs: { cluster: arn("ecs", "cluster/live"), name: "cart", region: "eu-west-1" },
  }),
  stored("aws:rds/cluster:Cluster", "orders", {
    id: "orders-1a2b",
    inputs: { masterPassword: secret },
    outputs: { clusterIdentifier: "orders-1a2b", masterPassword: secret, region: "eu-west-1" },
  }),
];

/** The text of `pulumi stack export`. */
export const stateText = (resources: readonly Stored[] = shopResources) => JSON.stringify({ version: 3, deployment: { resources } });
