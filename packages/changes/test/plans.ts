import type { Plan, PlanResource } from "@fairlead/plan";

const stackUrn = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

/** URN of a resource right below the stack. */
export const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;

/** A value that apply fills in. */
export const output = (type: string, name: string, attribute: string) => ({ $output: `${urnOf(type, name)}#${attribute}` });

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
    parent: stackUrn,
    custom: true,
    inputs,
    dependencies: [],
    propertyDependencies: {},
    options: {},
    ...others,
  };
}

/** A plan of these resources. */
export function planOf(...resources: PlanResource[]): Plan {
  const stack = { ...resource("pulumi:pulumi:Stack", "shop-dev"), urn: stackUrn, parent: null, custom: false };
  return { version: 1, project: "shop", stack: "dev", resources: [stack, ...resources], outputs: {} };
}
