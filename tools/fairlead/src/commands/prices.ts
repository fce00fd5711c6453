import { readPrices, regionsOf, type PriceFile } from "@fairlead/cost";
import type { Command } from "commander";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("prices")
    .description("Print the prices that costs are estimated with.")
    .option("--refresh", "ask AWS's price list for each price and write the file. Needs credentials that may pricing:GetProducts")
    .option("--region <region>", "the region to refresh", "us-east-1")
    .option("--json", "print it as JSON")
    .action(prices);
}

/** Options of `fairlead prices`. */
interface PricesOptions {
  refresh?: boolean;
  region: string;
  json?: boolean;
}

/** Prints the price file, or asks AWS's price list for each of its prices and writes it. */
async function prices(options: PricesOptions): Promise<void> {
  // Loading AWS's SDK takes longer than printing a file.
  if (options.refresh) {
    const { refreshPrices } = await import("../refreshPrices");
    await refreshPrices(options.region);
  }
  const file = readPrices();
  process.stdout.write(options.json ? `${JSON.stringify(file)}\n` : render(file));
}

function render(file: PriceFile): string {
  const { asOf, origin, currency, assumptions, prices } = file;
  const width = Math.max(...Object.keys(prices).map(({ length }) => length));
  const lines = regionsOf(file).flatMap((region) => [
    region,
    ...Object.entries(prices).flatMap(([key, { unit, regions }]) => {
      const found = regions[region];
      if (!found) return [];
      return `  ${key.padEnd(width)}  ${found.price} ${currency} per ${unit}${found.asOf ? `, by AWS's price list of ${found.asOf}` : ""}`;
    }),
  ]);
  const spot = `Fargate Spot counts ${assumptions.fargateSpotShare * 100} % of it, a month ${assumptions.hoursPerMonth} hours.`;
  return `${[`Prices of ${asOf}, where there is no other day. ${origin}`, spot, "", ...lines].join("\n")}\n`;
}
