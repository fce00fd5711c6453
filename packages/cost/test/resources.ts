import type { PlanResource } from "@fairlead/plan";

export const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;

/** One resource of a plan. */
export function resource(
  type: string,
  name: string,
  inputs: Record<string, unknown> = {},
  others: Partial<PlanResource> = {},
): PlanResource {
  return {
    urn: urnOf(type, name),
    type,
    name,
    parent: null,
    custom: true,
    inputs,
    dependencies: [],
    propertyDependencies: {},
    options: {},
    ...others,
  };
}
