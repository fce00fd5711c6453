import { writeFileSync } from "node:fs";
import { paginateGetProducts, PricingClient } from "@aws-sdk/client-pricing";

import { priceFile, readPrices, regionsOf, type PriceFile, type PriceQuery } from "./prices";

/** What a refresh found for one price in one region. */
export interface PriceAnswer {
  key: string;
  region: string;
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
 * Asks AWS's price list for each price, of all regions at once. Needs credentials that may `pricing:GetProducts`; the list costs nothing.
 *
 * @param only the one region to ask about; all that the list has by default
 * @param onAsked called with each price that was asked for
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html
 */
export async function askPrices(only: string | undefined, onAsked: (key: string) => void, file = priceFile): Promise<PriceAnswer[]> {
  // The price list answers from a few regions only; this is one of them, whatever region is asked about.
  const client = new PricingClient({ region: "us-east-1" });
  const prices = readPrices(file);
  const found: { key: string; query: PriceQuery; byRegion: Map<string, number[]> }[] = [];
  try {
    for (const [key, { query }] of Object.entries(prices.prices)) {
      if (!query) continue;
      found.push({ key, query, byRegion: await ask(client, only, query) });
      onAsked(key);
    }
  } finally {
    client.destroy();
  }
  // Where the tasks' price is known, the others are expected too: a region that the list has no such price of is told.
  const served = found.find(({ key }) => key === servedBy)?.byRegion.keys() ?? [];
  const known = only === undefined ? [...new Set([...regionsOf(prices), ...served])].sort() : [only];
  return found.flatMap(({ key, query, byRegion }) =>
    known.map((region): PriceAnswer => {
      const before = prices.prices[key]!.regions[region]?.price;
      // What the list says of all regions is not said of GovCloud, which is a partition of its own.
      const asked = query.everywhere && !region.startsWith("us-gov-") ? everywhere : region;
      return { key, region, before, ...answerOf(byRegion.get(asked) ?? [], query) };
    }),
  );
}

/** A region that the list has this price of is one where services can run. */
const servedBy = "fargate.x86_64.vcpu";

/** Stands for the region of what costs the same in all of them. */
const everywhere = "";

/** The prices that fit a query, by region: more than one where the list is ambiguous. */
async function ask(client: PricingClient, only: string | undefined, query: PriceQuery): Promise<Map<string, number[]>> {
  const filters = { ...(only === undefined || query.everywhere ? {} : { regionCode: only }), ...query.attributes };
  const byRegion = new Map<string, Set<number>>();
  for (const usageType of [query.usageType].flat()) {
    const input = {
      ServiceCode: query.serviceCode,
      Filters: [
        ...Object.entries(filters).map(([Field, Value]) => ({ Type: "TERM_MATCH" as const, Field, Value })),
        { Type: "CONTAINS" as const, Field: "usagetype", Value: usageType },
      ],
    };
    for await (const { PriceList = [] } of paginateGetProducts({ client }, input)) {
      for (const text of PriceList as unknown[]) {
        const item = JSON.parse(String(text)) as Product;
        if (!fits(item, usageType)) continue;
        const region = query.everywhere ? everywhere : item.product.attributes.regionCode;
        if (region === undefined) continue;
        byRegion.set(region, new Set([...(byRegion.get(region) ?? []), ...firstPrice(item)]));
      }
    }
  }
  return new Map([...byRegion].map(([region, prices]) => [region, [...prices]]));
}

/** Whether an item is exactly of a usage type, and not of a zone that is a place of its own. */
function fits({ product: { attributes } }: Product, wanted: string): boolean {
  const { usagetype = "", locationType = "AWS Region" } = attributes;
  return (
    locationType !== "AWS Local Zone" &&
    locationType !== "AWS Wavelength Zone" &&
    (usagetype === wanted || usagetype.endsWith(`-${wanted}`))
  );
}

function answerOf(prices: readonly number[], { factor = 1 }: PriceQuery): Pick<PriceAnswer, "after" | "problem"> {
  if (prices.length !== 1)
    return { problem: prices.length === 0 ? "the list has none" : `the list has ${prices.length}: ${prices.join(", ")}` };
  return { after: Number((prices[0]! * factor).toPrecision(10)) };
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
export function writePrices(answers: readonly PriceAnswer[], asOf: string, file = priceFile): PriceFile {
  const prices = readPrices(file);
  for (const { key, region, after } of answers) {
    if (after === undefined) continue;
    const price = prices.prices[key]!;
    const regions = { ...price.regions, [region]: { price: after, asOf } };
    price.regions = Object.fromEntries(Object.entries(regions).sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  writeFileSync(file, textOf(prices));
  return prices;
}

/** As JSON, with one region in a line, and as Prettier has it. */
function textOf(prices: PriceFile): string {
  const text = JSON.stringify(prices, null, 2);
  const regional = /\{\n\s+"price": ([^\n]+),\n\s+"asOf": ("[^"]+")\n\s+\}/g;
  const list = /\[\n[^\]]*\]/g;
  return `${text.replace(regional, '{ "price": $1, "asOf": $2 }').replace(list, (found) => `[${(JSON.parse(found) as string[]).map((one) => JSON.stringify(one)).join(", ")}]`)}\n`;
}
