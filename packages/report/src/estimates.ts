import { renamedResources, underNewUrns, type ChangeSet } from "@fairlead/changes";
import { estimate, readPrices, usageIn, type Estimate, type EstimateArgs } from "@fairlead/cost";
import type { Plan, Project } from "@fairlead/plan";

import { thatCounts, type Projects } from "./projects";

/**
 * What a plan costs, by the price file and the project's usage.
 *
 * @param isOnlyStack whether the project has no other stack, to which what is declared for every one may belong
 */
export function estimateOf(plan: Plan, project: Project, isOnlyStack = false): Estimate {
  return estimate(plan, { ...pricingOf(project), region: regionOf(project), isOnlyStack });
}

/**
 * What a stack costs before and after a change, each side by the prices of its own region, and both by the same declared volumes: another declaration
 * changes no bill. What is renamed is one thing, so the items before bear the URNs that it has after.
 */
export function costsOf(changes: ChangeSet, projects: Projects): { before: Estimate; after: Estimate } {
  const { before, after } = changes;
  const renamed = renamedResources(changes);
  const project = thatCounts(projects);
  const shared = { ...pricingOf(project), names: namesOf(changes, renamed) };
  const former = { ...before, resources: underNewUrns(before, renamed) };
  return {
    before: estimate(former, {
      ...shared,
      region: projects.before ? regionOf(projects.before) : (providerRegion(before) ?? regionOf(project)),
    }),
    after: estimate(after, { ...shared, region: regionOf(project) }),
  };
}

function pricingOf({ configFolder }: Project): Pick<EstimateArgs, "prices" | "usage"> {
  return { prices: readPrices(), usage: usageIn(configFolder) };
}

/** Both names of what is renamed, the new one first. */
function namesOf({ before, after }: ChangeSet, renamed: ReadonlyMap<string, string>): Map<string, string[]> {
  if (renamed.size === 0) return new Map();
  const nameOf = new Map([...before.resources, ...after.resources].map(({ urn, name }) => [urn, name]));
  return new Map([...renamed].map(([to, from]) => [to, [...new Set([nameOf.get(to)!, nameOf.get(from)!])]]));
}

function regionOf({ config }: Project): string {
  return config["aws:region"] ?? "a region that its configuration does not name";
}

/** Where a stack's state says that it is: its default provider knows. */
function providerRegion({ resources }: Plan): string | undefined {
  const provider = resources.find(({ type, name }) => type === "pulumi:providers:aws" && name.startsWith("default"));
  return typeof provider?.inputs.region === "string" ? provider.inputs.region : undefined;
}
