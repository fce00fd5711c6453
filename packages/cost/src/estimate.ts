import { sheetOf } from "@fairlead/model/awsTypes";
import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import { digestOf } from "./digest";
import { estimators } from "./estimators";
import type { CostContext, Part } from "./estimators/estimator";
import { taskCount, taskDemand } from "./estimators/taskSize";
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
  /**
   * The names of resources that are renamed, by URN, the new one first: what is declared for one of them is declared for both, before and after. Its
   * own alone by default.
   */
  names?: ReadonlyMap<string, readonly string[]>;
}

/** What the resources of a plan cost in a month. What can't be known is an item that says so, and is in no sum. */
export function estimate(
  plan: Pick<Plan, "stack" | "resources">,
  { prices, region, usage = [], isOnlyStack = false, names = new Map() }: EstimateArgs,
): Estimate {
  const { hoursPerMonth, fargateSpotShare } = prices.assumptions;
  const priced = new Set(regionsOf(prices));
  const byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
  const referred = (value: unknown) => referencesIn(value).flatMap(({ urn }) => byUrn.get(urn) ?? [])[0];
  const declaredUsage = new DeclaredUsage(usage, plan.stack);
  const days = new Set<string>();
  const contextOf = (resource: PlanResource): CostContext => {
    const where = placeOf(resource, region);
    const cost: CostContext["cost"] = (what, key, units) => {
      if (!priced.has(where)) return { what, unknown: `the price file has no prices of ${where}`, decidedBy: [key, units] };
      const found = prices.prices[key]?.regions[where];
      if (!found) return { what, unknown: `the price file has no ${key} of ${where}`, decidedBy: [key, units] };
      days.add(found.asOf);
      return { what, monthly: found.price * units };
    };
    return {
      plan,
      hoursPerMonth,
      fargateSpotShare,
      cost,
      declared: (what, key, usageKey, unitsEach = 1) => {
        const volume = declaredUsage.of(resource.type, names.get(resource.urn) ?? [resource.name], usageKey);
        return volume === undefined
          ? { what, unknown: `${usageKey} is not declared`, decidedBy: [key, unitsEach] }
          : cost(`${what}: ${volume} ${usageKey}`, key, volume * unitsEach);
      },
      referred,
      taskDemand: () => taskDemand(plan, referred),
      taskCount: () => taskCount(plan),
    };
  };
  // A component is only a name for others.
  const items = plan.resources
    .filter(({ custom }) => custom)
    .flatMap((resource) => partsOf(resource, prices, contextOf).map((part): CostItem => itemOf(resource, part, placeOf(resource, region))));
  return {
    currency: prices.currency,
    asOf: [...days].sort()[0],
    region,
    isPriced: priced.has(region),
    items,
    total: totalOf(items),
    unusedUsage: declaredUsage.unused(isOnlyStack),
    outdatedUsage: [...declaredUsage.outdated].map(([resource, now]) => ({ resource, now })),
    assumptions: [
      listPrices(region, priced.has(region), [...days].sort()),
      `A month has ${hoursPerMonth} hours; services run their desired count all the time, and those that scale their least; databases are at their minimum capacity.`,
      `Fargate Spot at ${Math.round(fargateSpotShare * 100)} % of the price on demand; it changes with demand.`,
    ],
  };
}

/** Where a resource is: an argument of its own says so where it isn't the stack's region. */
function placeOf({ type, inputs }: PlanResource, region: string): string {
  return type.startsWith("aws:") && typeof inputs.region === "string" ? inputs.region : region;
}

function listPrices(region: string, isPriced: boolean, [oldest, ...newer]: string[]): string {
  if (!isPriced) return `The price file has no prices of ${region}: what a stack there costs is not known.`;
  const days = oldest === undefined ? "" : ` of ${oldest}${newer.length > 0 ? ` to ${newer.at(-1)}` : ""}`;
  return `List prices of ${region}${days}, without free tiers, discounts, taxes, requests to buckets, keys and secrets, and data transfer between zones and to the internet.`;
}

/** What one resource costs: nothing only where its type's sheet says so. */
function partsOf(resource: PlanResource, prices: PriceFile, contextOf: (resource: PlanResource) => CostContext): Part[] {
  const { type, inputs } = resource;
  const sheet = sheetOf(type, inputs);
  if (!sheet) return [{ what: type, unknown: "whether it costs anything, and what, is written nowhere here" }];
  if (sheet.pricing === "free") return [];
  const estimator = estimators[type] ?? plainEstimator(type, sheet.noun, prices);
  if (sheet.pricing === "unknown" || !estimator)
    return [{ what: sheet.noun, unknown: "it costs something, and nobody here estimates what" }];
  return estimator(resource, contextOf(resource));
}

/** What isn't known is told apart by all that decides it: tags alone decide nothing. */
function itemOf({ urn, inputs: { tags: _tags, ...inputs } }: PlanResource, part: Part, place: string): CostItem {
  const { what, monthly, unknown, quantity } = part;
  if (monthly !== undefined) return { urn, what, monthly };
  return {
    urn,
    what,
    unknown,
    decidedBy: digestOf([place, quantity === undefined && [what, unknown], part.decidedBy ?? inputs]),
    ...(quantity !== undefined && { quantity }),
  };
}

/** The sum of what is known. */
export function totalOf(items: readonly CostItem[]): number {
  return items.reduce((sum, { monthly }) => sum + (monthly ?? 0), 0);
}
