import { writeFileSync } from "node:fs";
import { GetProductsCommand, PricingClient } from "@aws-sdk/client-pricing";

import { priceFile, readPrices, type PriceFile, type PriceQuery } from "./prices";

/** What a refresh found for one price. */
export interface PriceAnswer {
  key: string;
  before?: number;
  /** Undefined where the list has none, or several, of that name: then the file keeps what it has. */
  after?: number;
  problem?: string;
}

/** An item of AWS's price list, in the parts that are read. */
interface Product {
  product: { attributes: Record<string, string> };
  terms: { OnDemand?: Record<string, { priceDimensions: Record<string, { beginRange: string; pricePerUnit: Record<string, string> }> }> };
}

/**
 * Asks AWS's price list for each price of a region. Needs credentials that may `pricing:GetProducts`; the list costs nothing.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
 */
export async function askPrices(region: string, onAnswer: (answer: PriceAnswer) => void, file = priceFile): Promise<PriceAnswer[]> {
  // The price list answers from a few regions only; this is one of them, whatever region is asked about.
  const client = new PricingClient({ region: "us-east-1" });
  const answers: PriceAnswer[] = [];
  try {
    for (const [key, { query, regions }] of Object.entries(readPrices(file).prices)) {
      if (!query) continue;
      const answer = { key, before: regions[region]?.price, ...(await ask(client, region, query)) };
      answers.push(answer);
      onAnswer(answer);
    }
  } finally {
    client.destroy();
  }
  return answers;
}

async function ask(client: PricingClient, region: string, query: PriceQuery): Promise<Pick<PriceAnswer, "after" | "problem">> {
  const filters = { regionCode: region, ...query.attributes };
  const { PriceList = [] } = await client.send(
    new GetProductsCommand({
      ServiceCode: query.serviceCode,
      Filters: [
        ...Object.entries(filters).map(([Field, Value]) => ({ Type: "TERM_MATCH" as const, Field, Value })),
        { Type: "CONTAINS", Field: "usagetype", Value: query.usageType },
      ],
    }),
  );
  const products = (PriceList as unknown[])
    .map((text) => JSON.parse(String(text)) as Product)
    .filter(({ product }) => {
      const usageType = product.attributes.usagetype ?? "";
      return usageType === query.usageType || usageType.endsWith(`-${query.usageType}`);
    });
  const prices = [...new Set(products.flatMap(firstPrice))];
  if (prices.length !== 1)
    return { problem: prices.length === 0 ? "the list has none" : `the list has ${prices.length}: ${prices.join(", ")}` };
  return { after: Number((prices[0]! * (query.factor ?? 1)).toPrecision(10)) };
}

/** The price on demand of the first units that cost anything. */
function firstPrice({ terms }: Product): number[] {
  const dimensions = Object.values(terms.OnDemand ?? {}).flatMap(({ priceDimensions }) => Object.values(priceDimensions));
  const paid = dimensions
    .map(({ beginRange, pricePerUnit }) => ({ from: Number(beginRange), price: Number(pricePerUnit.USD) }))
    .filter(({ price }) => price > 0)
    .sort((a, b) => a.from - b.from);
  return paid.slice(0, 1).map(({ price }) => price);
}

/** Writes what was found into the price file, each with the day. Prices that were not found stay, and so do their days. */
export function writePrices(region: string, answers: readonly PriceAnswer[], asOf: string, file = priceFile): PriceFile {
  const prices = readPrices(file);
  for (const { key, after } of answers) {
    if (after !== undefined) prices.prices[key]!.regions[region] = { price: after, asOf };
  }
  writeFileSync(file, `${JSON.stringify(prices, null, 2)}\n`);
  return prices;
}
