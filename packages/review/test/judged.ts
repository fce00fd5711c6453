import { comparePlans, type Severity } from "@fairlead/changes";
import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { Plan, PlanResource } from "@fairlead/plan";

import { reviewOf, type Side } from "../src";

export type Inputs = Record<string, unknown>;

/** The severities of what a change from some resources to others is told as. */
export function severitiesOf(before: PlanResource[], after: PlanResource[]): Severity[] {
  return reviewOf(comparePlans(planOf(...before), planOf(...after)), undefined, undefined).dangers.map(({ severity }) => severity);
}

/** Those of a change of one resource's arguments. */
export function severities(type: string, before: Inputs, after: Inputs): Severity[] {
  return severitiesOf([resource(type, "it", before)], [resource(type, "it", after)]);
}

export const nothingFound = { findings: [], excepted: [], unused: [] };

/** A side whose stack's configuration says this, and which breaks no rule. */
export const side = (config: Record<string, string> = {}, others: Partial<Side["configured"]> = {}): Side => ({
  configured: { name: "shop", config: { "aws:region": "us-east-1", ...config }, ...others },
  judged: { evaluation: nothingFound, mandatory: false },
});

export const review = (before: Plan, after: Plan, was: Side = side(), is: Side = side()) => reviewOf(comparePlans(before, after), was, is);

/** What is told of a change: severity and title. */
export const told = (...args: Parameters<typeof review>) => review(...args).dangers.map(({ severity, title }) => `${severity}: ${title}`);

/** A resource that names another by an argument. */
export const namedBy = (type: string, argument: string, target: PlanResource, inputs: Inputs = {}, name = "it") =>
  resource(
    type,
    name,
    { [argument]: output(target.type, target.name, "id"), ...inputs },
    { propertyDependencies: { [argument]: [target.urn] } },
  );
