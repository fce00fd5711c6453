export { estimate, totalOf, type EstimateArgs } from "./estimate";
export type { CostItem, Estimate } from "./model";
export { priceFile, readPrices, type Price, type PriceFile } from "./prices";
export { readUsage, usageKeys, UsageFileError, type Usage, type UsageKey } from "./usage";
