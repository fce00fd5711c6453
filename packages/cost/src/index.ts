export { estimate, totalOf, type EstimateArgs } from "./estimate";
export type { CostItem, Estimate } from "./model";
export { readPrices, regionsOf, type PriceFile } from "./prices";
export { usageIn, usageKeys, type Usage, type UsageKey } from "./usage";
