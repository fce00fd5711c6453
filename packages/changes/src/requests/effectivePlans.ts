import type { Plan, PlanResource } from "@fairlead/plan";

import { formerResources } from "../formerResources";

/** The former plan, with the URNs that aliases give its resources. */
export function underNewUrns(before: Plan, after: Plan): Pick<Plan, "resources"> {
  const former = [...formerResources(before, after)];
  const moved = new Map(former.map(([urn, resource]) => [resource.urn, urn]));
  return {
    resources: former.map(([urn, each]) => ({
      ...each,
      urn,
      parent: each.parent === null ? null : (moved.get(each.parent) ?? each.parent),
    })),
  };
}

const ignorable = ["actions", "defaultActions", "conditions", "priority"];

/** What is there after a change: also what Pulumi only forgets, or fails to delete. */
export function asItBecomes(former: Pick<Plan, "resources">, after: Plan): Pick<Plan, "resources"> {
  const given = new Set(after.resources.map(({ urn }) => urn));
  const left = former.resources.filter(({ urn, options }) => !given.has(urn) && (options.retainOnDelete || options.protect));
  return { resources: [...after.resources.map((each) => asItStays(each, former)), ...left] };
}

/** What a program says of arguments that it ignores changes of is not what becomes of them. */
function asItStays(resource: PlanResource, former: Pick<Plan, "resources">): PlanResource {
  const { ignoreChanges = [] } = resource.options;
  if (ignoreChanges.length === 0 || !/^aws:(lb|alb)\/listener(Rule)?:/.test(resource.type)) return resource;
  const before = former.resources.find(({ urn }) => urn === resource.urn);
  if (!before) return resource;
  const ignored = ignorable.filter((argument) => ignoreChanges.includes(argument) || ignoreChanges.includes("*"));
  const kept = Object.fromEntries(
    ignored.filter((argument) => argument in before.inputs).map((argument) => [argument, before.inputs[argument]]),
  );
  return { ...resource, inputs: { ...resource.inputs, ...kept } };
}
