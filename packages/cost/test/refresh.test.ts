import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readPrices, regionsOf, type PriceFile } from "../src";
import { priceFile } from "../src/prices";
import { askPrices, writePrices } from "../src/refresh";

interface Request {
  ServiceCode: string;
  Filters: { Type: string; Field: string; Value: string }[];
  NextToken?: string;
}

/** An item as GetProducts answers it, of a region that its usage type may name by a prefix. */
function product(regionCode: string, usagetype: string, prices: [begin: string, price: string][], others: Record<string, string> = {}) {
  const [sku, term, rate] = ["XSZATS4VYMDC9CYN", "JRTCKXETXF", "6YS6EN2CT7"];
  const dimension = ([beginRange, USD]: [string, string], index: number) => [
    `${sku}.${term}.${rate}${index}`,
    {
      unit: "hours",
      beginRange,
      endRange: "Inf",
      description: "per hour",
      appliesTo: [],
      rateCode: `${sku}.${term}.${rate}`,
      pricePerUnit: { USD },
    },
  ];
  return JSON.stringify({
    product: {
      productFamily: "Compute",
      attributes: { regionCode, servicecode: "AmazonECS", locationType: "AWS Region", usagetype, operation: "", ...others },
      sku,
    },
    serviceCode: "AmazonECS",
    terms: {
      OnDemand: {
        [`${sku}.${term}`]: {
          priceDimensions: Object.fromEntries(prices.map(dimension)) as object,
          sku,
          effectiveDate: "2026-11-01T00:00:00Z",
          offerTermCode: term,
          termAttributes: {},
        },
      },
    },
    version: "20261101000000",
    publicationDate: "2026-11-01T00:00:00Z",
  });
}

/** The prices that AWS's list is asked for. */
const keysWithQuery = () =>
  Object.entries(readPrices().prices)
    .filter(([, { query }]) => query)
    .map(([key]) => key);

/** The prices of a region, by key. */
const pricesOf = ({ prices }: PriceFile, region: string) =>
  Object.fromEntries(Object.entries(prices).flatMap(([key, { regions }]) => (regions[region] ? [[key, regions[region]]] : [])));

const regionOf = (item: string) => (JSON.parse(item) as { product: { attributes: { regionCode?: string } } }).product.attributes.regionCode;

let server: Server;
let file: string;
let requests: Request[];
let answers: Record<string, string[]>;

beforeEach(async () => {
  requests = [];
  answers = {};
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const asked = JSON.parse(body) as Request;
      requests.push(asked);
      const valueOf = (field: string) => asked.Filters.find(({ Field }) => Field === field)?.Value;
      const listed = (answers[valueOf("usagetype")!] ?? []).filter((item) => [undefined, regionOf(item)].includes(valueOf("regionCode")));
      // The list answers in pages.
      const from = Number(asked.NextToken ?? 0);
      const page = {
        FormatVersion: "aws_v1",
        PriceList: listed.slice(from, from + 2),
        ...(listed.length > from + 2 && { NextToken: String(from + 2) }),
      };
      response.setHeader("content-type", "application/x-amz-json-1.1").end(JSON.stringify(page));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(process.env, { AWS_ENDPOINT_URL_PRICING: url, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
  file = join(mkdtempSync(join(tmpdir(), "fairlead-prices-")), "prices.json");
  copyFileSync(priceFile, file);
});
afterEach(() => {
  server.close();
  for (const name of ["AWS_ENDPOINT_URL_PRICING", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) delete process.env[name];
  rmSync(join(file, ".."), { recursive: true });
});

const asOf = "2026-11-21";

describe("a refresh", () => {
  test("takes what the list answers clearly, and leaves and names the rest", async () => {
    const region = "eu-central-1";
    answers = {
      "Fargate-ARM-vCPU-Hours:perCPU": [
        product(region, "EUC1-Fargate-ARM-vCPU-Hours:perCPU", [["0", "0.0375"]]),
        product(region, "EUC1-Fargate-ARM-vCPU-Hours:perCPU-other", [["0", "9"]]),
      ],
      // The first units are free, the next cost, more cost less.
      "NatGateway-Hours": [
        product(region, "EUC1-NatGateway-Hours", [
          ["0", "0.0000000000"],
          ["10", "0.053"],
          ["100", "0.03"],
        ]),
        product(region, "EUC1-RegionalNatGateway-Hours", [["0", "0.06"]]),
      ],
      "Requests-RBP": [product(region, "EUC1-Requests-RBP", [["0", "0.0000005"]])],
      LoadBalancerUsage: ["0.027", "0.028"].map((price) => product(region, "EUC1-LoadBalancerUsage", [["0", price]])),
    };
    const seen: string[] = [];
    const found = await askPrices(region, (key) => seen.push(key), file);
    expect(seen).toEqual(keysWithQuery());
    expect(new Set(found.map((answer) => answer.region))).toEqual(new Set([region]));
    const byKey = new Map(found.map((answer) => [answer.key, answer]));
    expect(byKey.get("fargate.arm64.vcpu")).toMatchObject({ after: 0.0375 });
    expect(byKey.get("natGateway")).toMatchObject({ before: 0.052, after: 0.053 });
    expect(byKey.get("sqs.requests")).toMatchObject({ after: 0.5 });
    expect(byKey.get("loadBalancer.application")).toMatchObject({ problem: "the list has 2: 0.027, 0.028" });
    expect(byKey.get("kms.key")).toMatchObject({ problem: "the list has none" });
    expect(requests[0]).toMatchObject({
      ServiceCode: "AmazonECS",
      Filters: expect.arrayContaining([{ Type: "TERM_MATCH", Field: "regionCode", Value: region }]) as unknown,
    });

    const before = readPrices(file);
    writePrices(found, asOf, file);
    const after = readPrices(file);
    const refreshed = {
      "fargate.arm64.vcpu": { price: 0.0375, asOf },
      natGateway: { price: 0.053, asOf },
      "sqs.requests": { price: 0.5, asOf },
    };
    expect(pricesOf(after, region)).toEqual({ ...pricesOf(before, region), ...refreshed });
    for (const { prices } of [before, after]) for (const { regions } of Object.values(prices)) delete regions[region];
    expect(after).toEqual(before);
  });

  test("asks for all regions at once, also those that the file does not have, over all pages", async () => {
    const usageType = "Fargate-vCPU-Hours:perCPU";
    answers = {
      [usageType]: [
        product("us-east-1", `USE1-${usageType}`, [["0", "0.05"]]),
        product("us-west-2", `USW2-${usageType}`, [["0", "0.06"]]),
        product("us-west-2-lax-1", `LAX1-${usageType}`, [["0", "0.99"]], { locationType: "AWS Local Zone" }),
        product("us-gov-west-1", `UGW1-${usageType}`, [["0", "0.07"]]),
        product("ap-southeast-6", `APS8-${usageType}`, [["0", "0.08"]]),
      ],
      // One price for all regions: the list names none.
      HostedZone: [product("", "HostedZone", [["0", "0.55"]], { locationType: "AWS Region" })],
    };
    const found = await askPrices(undefined, () => undefined, file);
    expect(requests.filter(({ NextToken }) => NextToken)).toHaveLength(2);
    expect(requests.flatMap(({ Filters }) => Filters.filter(({ Field }) => Field === "regionCode"))).toEqual([]);
    writePrices(found, asOf, file);
    const after = readPrices(file);
    const of = (key: string) => Object.fromEntries(Object.entries(after.prices[key]!.regions).filter(([, price]) => price.asOf === asOf));
    expect(of("fargate.x86_64.vcpu")).toEqual({
      "ap-southeast-6": { price: 0.08, asOf },
      "us-east-1": { price: 0.05, asOf },
      "us-gov-west-1": { price: 0.07, asOf },
      "us-west-2": { price: 0.06, asOf },
    });
    expect(Object.keys(of("hostedZone"))).toEqual(regionsOf(after).filter((region) => !region.startsWith("us-gov-")));
    expect(found).toContainEqual({ key: "natGateway", region: "ap-southeast-6", before: undefined, problem: "the list has none" });
  });
});

test("a price that the list did not answer keeps its day, and the file its form", () => {
  const before = readPrices(file);
  const region = "us-east-1";
  const answers = [
    { key: "natGateway", region, after: 0.046 },
    { key: "kms.key", region, problem: "the list has none" },
  ];
  writePrices(answers, asOf, file);
  const { natGateway, "kms.key": key } = pricesOf(readPrices(file), region);
  expect(natGateway).toEqual({ price: 0.046, asOf });
  expect(key).toEqual(pricesOf(before, region)["kms.key"]);
  const changed = readFileSync(file, "utf8").split("\n");
  const lines = readFileSync(priceFile, "utf8").split("\n");
  expect(changed.filter((line, index) => line !== lines[index])).toEqual([
    '        "us-east-1": { "price": 0.046, "asOf": "2026-11-21" },',
  ]);
});

test("every price of the file can be asked for", () => {
  const keys = Object.keys(readPrices().prices);
  // What the list calls the throughput of EFS, nobody here has seen.
  expect(keys.filter((key) => !keysWithQuery().includes(key)).sort()).toEqual(["efs.reads", "efs.writes"]);
});

describe("the file that comes with this version", () => {
  const { prices } = readPrices();

  test("has what a service costs in every region of AWS's list of its day", () => {
    const needed = [
      "fargate.x86_64.vcpu",
      "fargate.arm64.gib",
      "loadBalancer.application",
      "logs.ingestion",
      "logs.storage",
      "publicIpv4",
      "ecr.storage",
    ];
    const regions = Object.keys(prices["fargate.x86_64.vcpu"]!.regions);
    expect(regions).toEqual(expect.arrayContaining(["us-east-1", "eu-central-1", "ap-southeast-2", "sa-east-1", "us-gov-west-1"]));
    expect(regions).toHaveLength(35);
    for (const key of needed) expect({ key, regions: Object.keys(prices[key]!.regions) }).toEqual({ key, regions });
  });

  test("dates each price", () => {
    const days = Object.values(prices).flatMap(({ regions }) => Object.values(regions).map((price) => price.asOf));
    expect(days.filter((day) => !/^20\d\d-\d\d-\d\d$/.test(day))).toEqual([]);
  });
});
