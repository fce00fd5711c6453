import { readFileSync } from "node:fs";
import { join } from "node:path";

import type file from "../prices.json";
import type { UsageKey } from "./usage";

/** How AWS's price list names what a price is for. */
export interface PriceQuery {
  serviceCode: string;
  /** End of the usage type, after the region's prefix (`USE1-`, `EUC1-`, none). Several where the list's name differs by region. */
  usageType: string | string[];
  /** Further attributes that must be as they are here. */
  attributes?: Record<string, string>;
  /** The file's unit for one of the list's. Such as 1,000,000 where the list counts single requests. */
  factor?: number;
  /** Whether the list has one price for all regions, and names none. */
  everywhere?: boolean;
}

/** A cost that is its price times a volume, whatever else the resource is. */
export interface PlainCost {
  /** Type of the resource that costs it. */
  type: string;
  /** The cost, in words. */
  what: string;
  /** The volume: every hour or month of the resource, or what the team declares. */
  per: "hour" | "month" | UsageKey;
  /** Inputs that the resource must have. Any by default. */
  where?: Record<string, unknown>;
  /** Inputs with values that it must not have, since it costs another price then. None by default. */
  unless?: Record<string, unknown[]>;
}

/** All that is known of a price. */
export interface Price {
  /** What so much is paid for, such as `GiB-month`. */
  unit: string;
  /** What it is the price of; undefined where only an estimator can tell what is paid. */
  of?: PlainCost;
  /** What to ask AWS's price list; undefined where nobody here has seen its name. */
  query?: PriceQuery;
  /** What it is in each region where it is known. */
  regions: Record<string, RegionalPrice>;
}

/** A price of a region, in the file's currency. */
export interface RegionalPrice {
  price: number;
  /** Day of AWS's price list that had it. */
  asOf: string;
}

/** The price file. Each price is dated. */
export interface PriceFile {
  /** Where the prices come from that nobody refreshed. */
  origin: string;
  currency: string;
  assumptions: {
    hoursPerMonth: number;
    /** What Fargate Spot costs, as a share of the price on demand. It changes with demand; AWS speaks of up to 70 % off. */
    fargateSpotShare: number;
  };
  prices: Record<string, Price>;
}

/** The prices that the file has: an estimator that asks for another doesn't compile. */
export type PriceKey = keyof (typeof file)["prices"];

/** Path of the price file. */
export const priceFile = join(__dirname, "../prices.json");

/** Reads the price file. */
export function readPrices(path = priceFile): PriceFile {
  return JSON.parse(readFileSync(path, "utf8")) as PriceFile;
}

/** The regions that the file has prices of, sorted. */
export function regionsOf({ prices }: PriceFile): string[] {
  return [...new Set(Object.values(prices).flatMap(({ regions }) => Object.keys(regions)))].sort();
}
