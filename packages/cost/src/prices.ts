import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A price in the file's currency. */
export interface Price {
  price: number;
  unit: string;
}

/** The price file: dated, by region. */
export interface PriceFile {
  /** Day of the prices. */
  asOf: string;
  /** Where they come from. */
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
