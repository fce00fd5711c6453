import type { Plan, PlanResource } from "@fairlead/plan";
import { resource as resourceWithoutParent, urnOf } from "@fairlead/plan/testing/resources";

export { urnOf };

const stackUrn = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

/** A value that apply fills in. */
export const output = (type: string, name: string, attribute: string) => ({ $output: `${urnOf(type, name)}#${attribute}` });

/** One resource of a plan, right below the stack. */
export const resource = (type: string, name: string, inputs: Record<string, unknown> = {}, others: Partial<PlanResource> = {}) =>
  resourceWithoutParent(type, name, inputs, { parent: stackUrn, ...others });

/** A plan of these resources. */
export function planOf(...resources: PlanResource[]): Plan {
  const stack = { ...resource("pulumi:pulumi:Stack", "shop-dev"), urn: stackUrn, parent: null, custom: false };
  return { version: 1, project: "shop", stack: "dev", resources: [stack, ...resources], outputs: {} };
}
