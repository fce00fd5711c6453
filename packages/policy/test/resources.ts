import type { PlanResource } from "@fairlead/plan";

let count = 0;
export function resource(type: string, inputs: Record<string, unknown> = {}, attachedTo: Record<string, PlanResource> = {}): PlanResource {
  const name = `r${++count}`;
  const propertyDependencies = Object.fromEntries(Object.entries(attachedTo).map(([property, { urn }]) => [property, [urn]]));
  const urn = `urn:pulumi:prod::shop::${type}::${name}`;
  return { urn, type, name, parent: null, custom: true, inputs, dependencies: [], propertyDependencies, options: {} };
}

export const container = (change: Record<string, unknown>) => {
  const good = { name: "api", user: "1000", readonlyRootFilesystem: true, environment: [], logConfiguration: { logDriver: "awslogs" } };
  return [resource("aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions: JSON.stringify([{ ...good, ...change }]) })];
};
export const one = (type: string, inputs: Record<string, unknown>) => [resource(type, inputs)];
/** A resource, and perhaps one that is attached to it. */
export const attached = (
  type: string,
  inputs: Record<string, unknown>,
  other?: string,
  property?: string,
  otherInputs: Record<string, unknown> = {},
) => {
  const target = resource(type, inputs);
  return other ? [target, resource(other, otherInputs, { [property!]: target })] : [target];
};

/** For each control a plan that breaks it, and one that holds it. */
export type Cases = Record<string, [breaks: () => PlanResource[], holds: () => PlanResource[]]>;
