import { sheetOf } from "@fairlead/model/awsTypes";
import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { estimators } from "./estimators";
import type { CostContext, Estimator } from "./estimators/estimator";
import type { CostItem, Estimate } from "./model";
import { plainEstimator } from "./plainCosts";
import { regionsOf, type PriceFile } from "./prices";
import { DeclaredUsage, type Usage } from "./usage";

/** What else the estimate needs. */
export interface EstimateArgs {
  prices: PriceFile;
  region: string;
  /** Declared volumes; all unknown by default. */
  usage?: readonly Usage[];
  /** Whether the project has no other stack: then what is declared for every stack is for this one. No by default. */
  isOnlyStack?: boolean;
}

/** What the resources of a plan cost in a month. What can't be known is an item that says so, and is in no sum. */
export function estimate(
  plan: Pick<Plan, "stack" | "resources">,
  { prices, region, usage = [], isOnlyStack = false }: EstimateArgs,
): Estimate {
  const { hoursPerMonth, fargateSpotShare } = prices.assumptions;
  const hasRegion = regionsOf(prices).includes(region);
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const declaredUsage = new DeclaredUsage(usage, plan.stack);
  const days = new Set<string>();
  const cost: CostContext["cost"] = (what, key, units) => {
    if (!hasRegion) return { what, unknown: `the price file has no prices of ${region}` };
    const found = prices.prices[key]?.regions[region];
    if (!found) return { what, unknown: `the price file has no ${key}` };
    days.add(found.asOf ?? prices.asOf);
    return { what, monthly: found.price * units };
  };
  const contextOf = (resource: PlanResource): CostContext => ({
    plan,
    hoursPerMonth,
    fargateSpotShare,
    cost,
    declared: (what, key, usageKey, unitsEach = 1) => {
      const volume = declaredUsage.of(resource, usageKey);
      return volume === undefined
        ? { what, unknown: `${usageKey} is not declared` }
        : cost(`${what}: ${volume} ${usageKey}`, key, volume * unitsEach);
    },
    referred: (value) => referencesIn(value).flatMap(({ urn }) => byUrn.get(urn) ?? [])[0],
  });
  // A component is only a name for others.
  const items = plan.resources
    .filter(({ custom }) => custom)
    .flatMap((resource): CostItem[] => partsOf(resource, prices, contextOf).map((part) => ({ urn: resource.urn, ...part })));
  const [oldest = prices.asOf, ...newer] = [...days].sort();
  return {
    currency: prices.currency,
    asOf: oldest,
    region,
    items,
    total: totalOf(items),
    unusedUsage: declaredUsage.unused(isOnlyStack),
    assumptions: [
      `List prices of ${region} of ${oldest}${newer.length > 0 ? ` to ${newer.at(-1)}` : ""}, without free tiers, discounts, taxes and data transfer between zones and to the internet.`,
      `A month has ${hoursPerMonth} hours; services run their desired count all the time, databases at their minimum capacity.`,
      `Fargate Spot at ${Math.round(fargateSpotShare * 100)} % of the price on demand; it changes with demand.`,
    ],
  };
}

/** What one resource costs: nothing only where its type's sheet says so. */
function partsOf(resource: PlanResource, prices: PriceFile, contextOf: (resource: PlanResource) => CostContext): ReturnType<Estimator> {
  const { type, inputs } = resource;
  const sheet = sheetOf(type, inputs);
  if (!sheet) return [{ what: type, unknown: "whether it costs anything, and what, is written nowhere here" }];
  if (sheet.pricing === "free") return [];
  if (sheet.pricing === "unknown") return [{ what: sheet.noun, unknown: "it costs something, and nobody here estimates what" }];
  const estimator = estimators[type] ?? plainEstimator(type, sheet.noun, prices)!;
  return estimator(resource, contextOf(resource));
}

/** The sum of what is known. */
export function totalOf(items: readonly CostItem[]): number {
  return items.reduce((sum, { monthly }) => sum + (monthly ?? 0), 0);
}
