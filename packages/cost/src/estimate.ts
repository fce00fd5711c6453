import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import type { CostContext, Estimator } from "./estimators/estimator";
import { network } from "./estimators/network";
import { observability } from "./estimators/observability";
import { storage } from "./estimators/storage";
import { tasks } from "./estimators/tasks";
import type { CostItem, Estimate } from "./model";
import type { PriceFile } from "./prices";
import { usageOf, type Usage } from "./usage";

const estimators: Record<string, Estimator> = { ...tasks, ...network, ...storage, ...observability };

/** What else the estimate needs. */
export interface EstimateArgs {
  prices: PriceFile;
  region: string;
  /** Declared volumes; all unknown by default. */
  usage?: readonly Usage[];
}

/** What the resources of a plan cost in a month. What can't be known is an item that says so, and is in no sum. */
export function estimate(plan: Pick<Plan, "stack" | "resources">, { prices, region, usage = [] }: EstimateArgs): Estimate {
  const { hoursPerMonth, fargateSpotShare } = prices.assumptions;
  const ofRegion = prices.regions[region];
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const cost: CostContext["cost"] = (what, key, units) => {
    if (!ofRegion) return { what, unknown: `the price file has no prices of ${region}` };
    const price = ofRegion[key]?.price;
    return price === undefined ? { what, unknown: `the price file has no ${key}` } : { what, monthly: price * units };
  };
  const contextOf = (resource: PlanResource): CostContext => ({
    plan,
    hoursPerMonth,
    fargateSpotShare,
    cost,
    declared: (what, key, usageKey, unitsEach = 1) => {
      const volume = usageOf(usage, plan.stack, resource)[usageKey];
      return volume === undefined
        ? { what, unknown: `${usageKey} is not declared` }
        : cost(`${what}: ${volume} ${usageKey}`, key, volume * unitsEach);
    },
    referred: (value) => referencesIn(value).flatMap(({ urn }) => byUrn.get(urn) ?? [])[0],
  });
  const items = plan.resources.flatMap((resource): CostItem[] => {
    const estimator = estimators[resource.type];
    return estimator ? estimator(resource, contextOf(resource)).map((part) => ({ urn: resource.urn, ...part })) : [];
  });
  return {
    currency: prices.currency,
    asOf: prices.asOf,
    region,
    items,
    total: totalOf(items),
    assumptions: [
      `List prices of ${region} of ${prices.asOf}, without free tiers, discounts, taxes and data transfer between zones and to the internet.`,
      `A month has ${hoursPerMonth} hours; services run their desired count all the time, databases at their minimum capacity.`,
      `Fargate Spot at ${Math.round(fargateSpotShare * 100)} % of the price on demand; it changes with demand.`,
    ],
  };
}

/** The sum of what is known. */
export function totalOf(items: readonly CostItem[]): number {
  return items.reduce((sum, { monthly }) => sum + (monthly ?? 0), 0);
}
