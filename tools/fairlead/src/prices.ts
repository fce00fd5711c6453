import { readPrices, type PriceFile } from "@fairlead/cost";

import { Progress } from "./progress";
import { UsageError } from "./usageError";

/** Options of `fairlead prices`. */
export interface PricesOptions {
  refresh?: boolean;
  region: string;
  json?: boolean;
}

/** Prints the price file, or asks AWS's price list for each of its prices and writes it. */
export async function prices(options: PricesOptions): Promise<void> {
  if (options.refresh) await refresh(options.region);
  const file = readPrices();
  process.stdout.write(options.json ? `${JSON.stringify(file)}\n` : render(file));
}

async function refresh(region: string): Promise<void> {
  const { askPrices, writePrices } = require("@fairlead/cost/refresh") as typeof import("@fairlead/cost/refresh");
  const progress = new Progress();
  try {
    let asked = 0;
    const answers = await askPrices(region, ({ key }) => progress.say(`${++asked} asked: ${key}`));
    progress.end();
    const found = answers.filter(({ after }) => after !== undefined);
    if (found.length === 0) throw new UsageError(`AWS's price list has none of these prices for ${region}. Nothing was written.`);
    for (const { key, before, after, problem } of answers) {
      if (problem) process.stderr.write(`! ${key} stays ${before ?? "unknown"}: ${problem}.\n`);
      else if (before !== after) process.stderr.write(`~ ${key}: ${before ?? "unknown"} → ${after}\n`);
    }
    writePrices(region, answers, new Date().toISOString().slice(0, 10));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`AWS's price list can't be asked: ${(error as Error).message}. Nothing was written.`);
  } finally {
    progress.end();
  }
}

function render({ asOf, origin, currency, assumptions, regions }: PriceFile): string {
  const lines = Object.entries(regions).flatMap(([region, prices]) => {
    const width = Math.max(...Object.keys(prices).map(({ length }) => length));
    return [region, ...Object.entries(prices).map(([key, { price, unit }]) => `  ${key.padEnd(width)}  ${price} ${currency} per ${unit}`)];
  });
  const spot = `Fargate Spot counts ${assumptions.fargateSpotShare * 100} % of it, a month ${assumptions.hoursPerMonth} hours.`;
  return `${[`Prices of ${asOf}. ${origin}`, spot, "", ...lines].join("\n")}\n`;
}
