import type { PlanResource } from "../src";

/** URN of a resource without a parent, or right below the stack. */
export const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;

/** One resource of a plan, without a parent. */
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
