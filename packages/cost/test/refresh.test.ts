import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readPrices, type PriceFile } from "../src";
import { priceFile } from "../src/prices";
import { askPrices, writePrices } from "../src/refresh";

interface Request {
  ServiceCode: string;
  Filters: { Type: string; Field: string; Value: string }[];
}

/** An item as AWS documents GetProducts' answer. */
const product = (usagetype: string, ...prices: [begin: string, price: string][]) =>
  JSON.stringify({
    product: { attributes: { usagetype } },
    terms: {
      OnDemand: {
        a: {
          priceDimensions: Object.fromEntries(prices.map(([beginRange, USD], index) => [index, { beginRange, pricePerUnit: { USD } }])),
        },
      },
    },
  });

/** The prices that AWS's list is asked for. */
const keysWithQuery = () =>
  Object.entries(readPrices().prices)
    .filter(([, { query }]) => query)
    .map(([key]) => key);

/** The prices of a region, by key. */
const pricesOf = ({ prices }: PriceFile, region: string) =>
  Object.fromEntries(Object.entries(prices).flatMap(([key, { regions }]) => (regions[region] ? [[key, regions[region]]] : [])));

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
      const usageType = asked.Filters.find(({ Field }) => Field === "usagetype")!.Value;
      response.setHeader("content-type", "application/x-amz-json-1.1").end(JSON.stringify({ PriceList: answers[usageType] ?? [] }));
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

test("a refresh takes what the list answers clearly, and leaves and names the rest", async () => {
  answers = {
    "Fargate-ARM-vCPU-Hours:perCPU": [
      product("EUC1-Fargate-ARM-vCPU-Hours:perCPU", ["0", "0.0375"]),
      product("EUC1-Fargate-ARM-vCPU-Hours:perCPU-other", ["0", "9"]),
    ],
    // The first units are free, the next cost, more cost less.
    "NatGateway-Hours": [product("EUC1-NatGateway-Hours", ["0", "0.0000000000"], ["10", "0.052"], ["100", "0.03"])],
    "Requests-Tier1": [product("EUC1-Requests-Tier1", ["0", "0.0000004"])],
    LoadBalancerUsage: [product("EUC1-LoadBalancerUsage", ["0", "0.027"]), product("EUC1-LoadBalancerUsage", ["0", "0.028"])],
  };
  const seen: string[] = [];
  const found = await askPrices("eu-central-1", ({ key }) => seen.push(key), file);
  expect(seen).toEqual(keysWithQuery());
  const byKey = new Map(found.map((answer) => [answer.key, answer]));
  expect(byKey.get("fargate.arm64.vcpu")).toMatchObject({ after: 0.0375 });
  expect(byKey.get("natGateway")).toMatchObject({ after: 0.052 });
  expect(byKey.get("sqs.requests")).toMatchObject({ after: 0.4 });
  expect(byKey.get("loadBalancer.application")).toMatchObject({ problem: "the list has 2: 0.027, 0.028" });
  expect(byKey.get("kms.key")).toMatchObject({ problem: "the list has none" });
  expect(requests[0]).toMatchObject({
    ServiceCode: "AmazonECS",
    Filters: expect.arrayContaining([{ Type: "TERM_MATCH", Field: "regionCode", Value: "eu-central-1" }]) as unknown,
  });

  const before = readPrices(file);
  writePrices("eu-central-1", found, "2026-11-21", file);
  const after = readPrices(file);
  const asOf = "2026-11-21";
  expect(pricesOf(after, "eu-central-1")).toEqual({
    "fargate.arm64.vcpu": { price: 0.0375, asOf },
    natGateway: { price: 0.052, asOf },
    "sqs.requests": { price: 0.4, asOf },
    "sns.requests": { price: 0.4, asOf },
  });
  for (const { regions } of Object.values(after.prices)) delete regions["eu-central-1"];
  expect(after).toEqual(before);
  expect(readFileSync(file, "utf8").endsWith("}\n")).toBe(true);
});

test("a price that the list did not answer keeps its day", () => {
  const before = readPrices(file);
  const answers = [
    { key: "natGateway", after: 0.046 },
    { key: "kms.key", problem: "the list has none" },
  ];
  writePrices("us-east-1", answers, "2026-11-21", file);
  const { natGateway, "kms.key": key } = pricesOf(readPrices(file), "us-east-1");
  expect(natGateway).toEqual({ price: 0.046, asOf: "2026-11-21" });
  expect(key).toEqual(pricesOf(before, "us-east-1")["kms.key"]);
});

test("every price of the file can be asked for", () => {
  const keys = Object.keys(readPrices().prices);
  // AWS's list has no price of a private zone by its region. What it calls the throughput of EFS, nobody here has seen.
  expect(keys.filter((key) => !keysWithQuery().includes(key)).sort()).toEqual(["efs.reads", "efs.writes", "hostedZone"]);
});
