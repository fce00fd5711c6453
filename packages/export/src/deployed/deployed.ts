/** A resource of a stack, as its state or its plan has it. */
export interface DeployedResource {
  urn: string;
  /** Pulumi's type token, such as `aws:ecs/service:Service`. */
  type: string;
  /** Its logical name. */
  name: string;
  /** URN; undefined of the stack itself. */
  parent?: string;
  /** Whether a provider manages it; a component is nothing at AWS by itself. */
  isManaged: boolean;
  /** Whether it is only looked up, by `get`, and belongs to somebody else. */
  isExternal?: boolean;
  /** The provider's. Undefined in a plan. */
  id?: string;
  inputs: Readonly<Record<string, unknown>>;
  /** What AWS answered. Empty in a plan. */
  outputs: Readonly<Record<string, unknown>>;
}

/** What is exported: a stack that is deployed, or as it would be. */
export interface Deployed {
  stack: string;
  /** A state has every value; in a plan those that only AWS knows are open. */
  from: "state" | "plan";
  resources: readonly DeployedResource[];
}

/** The resource that a value of another one is of: by reference in a plan, by its ARN, name or id in a state. */
export function referredTo(value: unknown, type: string, { resources }: Deployed): DeployedResource | undefined {
  const ofType = resources.filter((resource) => resource.type === type);
  if (typeof value === "string") return ofType.find(({ id, outputs }) => value === outputs.arn || value === id);
  const reference = (value as { $output?: string } | undefined)?.$output;
  return reference === undefined ? undefined : ofType.find(({ urn }) => reference.startsWith(`${urn}#`));
}

/** The name of the service that a resource belongs to, as in its `service.yaml`; the resource's own where there is none. */
export function ownerOf(resource: DeployedResource, { resources }: Deployed, serviceType: string): string {
  let current: DeployedResource | undefined = resource;
  while (current && current.type !== serviceType) {
    const { parent }: DeployedResource = current;
    current = parent === undefined ? undefined : resources.find(({ urn }) => urn === parent);
  }
  return current?.name ?? resource.name;
}
