import { estimate, readPrices, type PriceFile } from "../src";
import { usageKeys } from "../src/usage";
import { resource } from "@fairlead/plan/testing/resources";

const region = "us-east-1";

function costOf(prices: PriceFile, type: string, inputs: Record<string, unknown> = {}) {
  const perMonth = Object.fromEntries(usageKeys.map((key) => [key, 3]));
  const usage = [{ stack: "dev", resource: `${type} x`, perMonth }];
  return estimate({ stack: "dev", resources: [resource(type, "x", inputs)] }, { prices, region, usage }).items;
}

const file = readPrices();
const plain = Object.entries(file.prices).flatMap(([key, { of, regions }]) => (of ? [{ key, ...of, price: regions[region]!.price }] : []));

test.each(plain)("$key is the price of $what of a $type, for each $per", ({ type, what, per, where, price }) => {
  expect(["hour", "month", ...usageKeys]).toContain(per);
  const units = { hour: file.assumptions.hoursPerMonth, month: 1 }[per as string] ?? 3;
  const item = costOf(file, type, where).find((found) => found.what === what || found.what.startsWith(`${what}: `));
  expect(item?.monthly).toBeCloseTo(price * units, 6);
});

describe("a price of what is set up in one way", () => {
  const type = "aws:dynamodb/table:Table";
  const { "dynamodb.writes": writes, "kms.key": key } = file.prices;
  const onDemand = { type, what: "its writes", per: "millionWrites", where: { streamModeDetails: { streamMode: "ON_DEMAND" } } } as const;
  const prices = {
    ...file,
    prices: { writes: { ...writes!, of: onDemand }, key: { ...key!, of: { type, what: "itself", per: "month" } as const } },
  };

  test("counts for it alone", () => {
    const told = (mode: string, of = prices) => costOf(of, type, { streamModeDetails: { streamMode: mode } }).map(({ what }) => what);
    expect(told("ON_DEMAND")).toEqual(["its writes: 3 millionWrites", "itself"]);
    expect(told("PROVISIONED")).toEqual(["itself"]);
  });

  test("leaves the others unknown, where there is no other price of them", () => {
    const only = { ...prices, prices: { writes: prices.prices.writes } };
    expect(costOf(only, type, { streamModeDetails: { streamMode: "PROVISIONED" } })).toMatchObject([
      { what: "DynamoDB table", unknown: "the file has no price of one that is set up so" },
    ]);
  });
});
