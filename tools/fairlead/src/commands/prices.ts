import { readPrices, regionsOf, type PriceFile } from "@fairlead/cost";
import { UserError } from "@fairlead/model";
import type { Command } from "commander";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("prices")
    .description("Print the prices that costs are estimated with.")
    .option(
      "--refresh",
      "ask AWS's price list for each price of all regions and write the file. Needs credentials that may pricing:GetProducts",
    )
    .option("--region <region>", "only this region; with --refresh the only one to ask about (default: all)")
    .option("--json", "print it as JSON")
    .action(prices);
}

/** Options of `fairlead prices`. */
interface PricesOptions {
  refresh?: boolean;
  region?: string;
  json?: boolean;
}

/** Prints the price file, or asks AWS's price list for each of its prices and writes it. */
async function prices(options: PricesOptions): Promise<void> {
  // Loading AWS's SDK takes longer than printing a file.
  if (options.refresh) {
    const { refreshPrices } = await import("../refreshPrices");
    await refreshPrices(options.region);
  }
  const file = ofRegion(readPrices(), options.region);
  process.stdout.write(options.json ? `${JSON.stringify(file)}\n` : render(file));
}

function ofRegion(file: PriceFile, region: string | undefined): PriceFile {
  if (region === undefined) return file;
  const known = regionsOf(file);
  if (!known.includes(region))
    throw new UserError(`There are no prices of ${region}. There are those of ${known.join(", ")}; --refresh asks AWS for others.`);
  const alone = Object.entries(file.prices).map(([key, price]) => {
    const found = price.regions[region];
    return [key, { ...price, regions: found ? { [region]: found } : {} }];
  });
  return { ...file, prices: Object.fromEntries(alone) as PriceFile["prices"] };
}

function render(file: PriceFile): string {
  const { origin, currency, assumptions, prices } = file;
  const width = Math.max(...Object.keys(prices).map(({ length }) => length));
  const lines = regionsOf(file).flatMap((region) => [
    region,
    ...Object.entries(prices).map(([key, { unit, regions }]) => {
      const found = regions[region];
      const price = found ? `${found.price} ${currency} per ${unit}, by AWS's price list of ${found.asOf}` : "not known";
      return `  ${key.padEnd(width)}  ${price}`;
    }),
  ]);
  const spot = `Fargate Spot counts ${assumptions.fargateSpotShare * 100} % of it, a month ${assumptions.hoursPerMonth} hours.`;
  return `${[origin, spot, "", ...lines].join("\n")}\n`;
}
