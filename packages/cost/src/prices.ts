import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A price in the file's currency. */
export interface Price {
  price: number;
  unit: string;
  /** Day on which AWS's price list answered it. Without, it is of the file's day and origin. */
  asOf?: string;
}

/** The price file, by region. Each price is dated: one that AWS's price list answered by itself, the others by the file. */
export interface PriceFile {
  /** Day of the prices that have none of their own. */
  asOf: string;
  /** Where those come from. */
  origin: string;
  currency: string;
  assumptions: {
    hoursPerMonth: number;
    /** What Fargate Spot costs, as a share of the price on demand. It changes with demand; AWS speaks of up to 70 % off. */
    fargateSpotShare: number;
  };
  regions: Record<string, Record<string, Price>>;
}

/** Path of the price file. */
export const priceFile = join(__dirname, "../prices.json");

/** Reads the price file. */
export function readPrices(file = priceFile): PriceFile {
  return JSON.parse(readFileSync(file, "utf8")) as PriceFile;
}
