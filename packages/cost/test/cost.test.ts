import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

import { estimate, readPrices, usageIn, type Usage } from "../src";
import { resource, urnOf } from "@fairlead/plan/testing/resources";

const prices = readPrices();
const region = "us-east-1";

const costOf = (resources: PlanResource[], usage: Usage[] = [], in_ = region) =>
  estimate({ stack: "dev", resources }, { prices, region: in_, usage });

const task = (architecture: string, cpu = "512", memory = "1024", others: object = {}) =>
  resource("aws:ecs/taskDefinition:TaskDefinition", "api", { cpu, memory, runtimePlatform: { cpuArchitecture: architecture }, ...others });
const service = (desiredCount: number, capacityProviderStrategies?: object[]) =>
  resource("aws:ecs/service:Service", "api", {
    desiredCount,
    capacityProviderStrategies,
    taskDefinition: { $output: `${urnOf("aws:ecs/taskDefinition:TaskDefinition", "api")}#arn` },
  });

describe("tasks on Fargate", () => {
  // By hand: 730 hours × count × (vCPU × price + GiB × price).
  test.each([
    { architecture: "X86_64", count: 2, strategies: undefined, expected: 730 * 2 * (0.5 * 0.04048 + 1 * 0.004445) },
    { architecture: "ARM64", count: 3, strategies: undefined, expected: 730 * 3 * (0.5 * 0.03238 + 1 * 0.00356) },
    {
      architecture: "ARM64",
      count: 2,
      strategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
      expected: 730 * 2 * 0.3 * (0.5 * 0.03238 + 0.00356),
    },
    {
      architecture: "X86_64",
      count: 5,
      strategies: [
        { capacityProvider: "FARGATE", base: 1, weight: 1 },
        { capacityProvider: "FARGATE_SPOT", weight: 3 },
      ],
      expected: 730 * (2 + 3 * 0.3) * (0.5 * 0.04048 + 0.004445),
    },
    { architecture: "ARM64", count: 0, strategies: undefined, expected: 0 },
    { architecture: "ARM64", count: 4, strategies: [{ capacityProvider: "my-instances", weight: 1 }], expected: 0 },
    { architecture: "ARM64", count: 4, strategies: [{ capacityProvider: "FARGATE-like-instances", weight: 1 }], expected: 0 },
  ])("$count of $architecture with $strategies", ({ architecture, count, strategies, expected }) => {
    expect(costOf([task(architecture), service(count, strategies)]).total).toBeCloseTo(expected, 6);
  });

  test("more disk than the 20 GiB that are free is paid", () => {
    const plain = costOf([task("ARM64"), service(1)]).total;
    const more = costOf([task("ARM64", "512", "1024", { ephemeralStorage: { sizeInGib: 50 } }), service(1)]).total;
    expect(more - plain).toBeCloseTo(30 * 730 * 0.000111, 6);
  });
});

describe("what can't be known", () => {
  test("is an item with the reason, in no sum, and never 0", () => {
    const { items, total } = costOf([
      resource("aws:cloudwatch/logGroup:LogGroup", "api", {}),
      resource("aws:scheduler/schedule:Schedule", "nightly", {}),
      resource("aws:rds/cluster:Cluster", "db", { serverlessv2ScalingConfiguration: { minCapacity: 0 } }),
      resource("aws:rds/clusterInstance:ClusterInstance", "db-1", {
        instanceClass: "db.serverless",
        clusterIdentifier: { $output: `${urnOf("aws:rds/cluster:Cluster", "db")}#id` },
      }),
    ]);
    expect(total).toBe(0);
    expect(items.every(({ monthly, unknown }) => monthly === undefined && unknown !== undefined)).toBe(true);
    expect(items.map(({ what, unknown }) => `${what}: ${unknown}`)).toEqual([
      "logs taken in: ingestedGiB is not declared",
      "logs kept: storedGiB is not declared",
      "tasks of the schedule: how long they run is known to nobody here",
      "its storage: storedGiB is not declared",
      "its requests: millionRequests is not declared",
      "Aurora capacity: it pauses when idle, and how long it is awake is known to nobody here",
    ]);
  });

  test("is everything in a region that the file has no prices of", () => {
    const { items, total, isPriced, assumptions } = costOf([task("ARM64"), service(1)], [], "cn-north-1");
    expect([total, items[0]?.unknown, isPriced]).toEqual([0, "the price file has no prices of cn-north-1", false]);
    expect(assumptions[0]).toBe("The price file has no prices of cn-north-1: what a stack there costs is not known.");
  });

  test("is a price that the file lacks in a region of which it has others", () => {
    const { items, isPriced } = costOf([resource("aws:ec2/natGateway:NatGateway", "a", {})], [], "il-central-1");
    expect(items[0]).toMatchObject({ what: "NAT gateway", unknown: "the price file has no natGateway of il-central-1" });
    expect(isPriced).toBe(true);
  });
});

describe("a service that scales", () => {
  const scaled = (minCapacity: number, maxCapacity: number) =>
    resource(
      "aws:appautoscaling/target:Target",
      "api",
      { minCapacity, maxCapacity, scalableDimension: "ecs:service:DesiredCount" },
      { dependencies: [service(1).urn] },
    );

  test("costs its least at least, whatever count it was made with, and the rest is not known", () => {
    const { total, items } = costOf([task("ARM64"), service(1), scaled(3, 9)]);
    expect(total).toBeCloseTo(730 * 3 * (0.5 * 0.03238 + 1 * 0.00356), 6);
    expect(items.flatMap(({ what, unknown }) => (unknown ? [what] : []))).toEqual(["up to 6 more tasks"]);
  });

  test("of one size is told apart by how much more it may cost", () => {
    const more = (...resources: PlanResource[]) => costOf(resources).items.find(({ unknown }) => unknown)!;
    const [few, many, large] = [
      more(task("ARM64"), service(1), scaled(3, 4)),
      more(task("ARM64"), service(1), scaled(3, 9)),
      more(task("ARM64", "1024", "2048"), service(1), scaled(3, 4)),
    ];
    expect(new Set([few, many, large].map(({ decidedBy }) => decidedBy)).size).toBe(1);
    expect(many.quantity! / few.quantity!).toBeCloseTo(6);
    expect(large.quantity! / few.quantity!).toBeCloseTo(2);
  });
});

test("a resource costs what it does in its own region", () => {
  const gateway = (inputs: object) => costOf([resource("aws:ec2/natGateway:NatGateway", "a", { ...inputs })]).total;
  expect(gateway({})).toBeCloseTo(730 * 0.045, 6);
  expect(gateway({ region: "sa-east-1" })).toBeCloseTo(730 * 0.093, 6);
});

test("a public address costs what each does, whoever has it", () => {
  const balancer = (inputs: object) => costOf([resource("aws:lb/loadBalancer:LoadBalancer", "web", { ...inputs })]).total;
  const inside = balancer({ internal: true, subnets: ["a", "b"] });
  expect(balancer({ subnets: ["a", "b"] }) - inside).toBeCloseTo(2 * 730 * 0.005, 6);
  expect(balancer({ subnetMappings: [{ subnetId: "a", allocationId: "eipalloc-1" }, { subnetId: "b" }] }) - inside).toBeCloseTo(
    730 * 0.005,
    6,
  );
  const open = service(3);
  open.inputs.networkConfiguration = { assignPublicIp: true };
  expect(costOf([task("ARM64"), open]).total - costOf([task("ARM64"), service(3)]).total).toBeCloseTo(3 * 730 * 0.005, 6);
});

test("an alarm costs for each metric that it looks at", () => {
  const metric = { metricName: "RequestCount", period: 60 };
  const metricQueries = [
    { id: "rate", expression: "100 * a / b" },
    { id: "a", metric },
    { id: "b", metric },
  ];
  expect(costOf([resource("aws:cloudwatch/metricAlarm:MetricAlarm", "x", { metricQueries })]).total).toBeCloseTo(0.2, 6);
  expect(costOf([resource("aws:cloudwatch/metricAlarm:MetricAlarm", "x", { period: 60 })]).total).toBeCloseTo(0.1, 6);
});

test("a policy that holds a target costs the alarms that AWS makes for it", () => {
  const policy = (inputs: object) => costOf([resource("aws:appautoscaling/policy:Policy", "x", { ...inputs })]).total;
  const predefined = { targetValue: 70, predefinedMetricSpecification: {} };
  const math = { customizedMetricSpecification: { metrics: [{ metricStat: {} }, { metricStat: {} }, { expression: "a / b" }] } };
  expect(policy({ targetTrackingScalingPolicyConfiguration: predefined })).toBeCloseTo(0.2, 6);
  expect(policy({ targetTrackingScalingPolicyConfiguration: math })).toBeCloseTo(0.4, 6);
  expect(policy({ stepScalingPolicyConfiguration: {} })).toBe(0);
});

test("a FIFO queue costs its own price", () => {
  const of = (inputs: object) =>
    costOf(
      [resource("aws:sqs/queue:Queue", "x", { ...inputs })],
      [{ stack: "*", resource: "aws:sqs/queue:Queue x", perMonth: { millionRequests: 10 } }],
    );
  expect([of({}).total, of({ fifoQueue: true }).total]).toEqual([4, 5]);
});

test("what is declared counts, for the resources that the pattern fits, in its stack", () => {
  const logs = resource("aws:cloudwatch/logGroup:LogGroup", "api", {});
  const usage = (stack: string, name: string): Usage[] => [
    { stack, resource: `aws:cloudwatch/logGroup:LogGroup ${name}`, perMonth: { ingestedGiB: 10, storedGiB: 4 } },
  ];
  expect(costOf([logs], usage("*", "a*")).total).toBeCloseTo(10 * 0.5 + 4 * 0.03);
  expect(costOf([logs], usage("dev", "api")).total).toBeCloseTo(5.12);
  expect(costOf([logs], usage("prod", "api")).total).toBe(0);
  expect(costOf([logs], usage("*", "web")).total).toBe(0);
});

test("what is read from a file system and written to it counts where its throughput is elastic", () => {
  const media = resource("aws:efs/fileSystem:FileSystem", "media", { throughputMode: "elastic" });
  const perMonth = { storedGiB: 10, readGiB: 100, writtenGiB: 50 };
  const usage = [{ stack: "*", resource: "aws:efs/fileSystem:FileSystem media", perMonth }];
  expect(costOf([media], usage).total).toBeCloseTo(10 * 0.3 + 100 * 0.03 + 50 * 0.06);
});

describe("the days of the prices", () => {
  const gateway = resource("aws:ec2/natGateway:NatGateway", "a", {});
  const key = resource("aws:kms/key:Key", "a", {});
  const { natGateway } = prices.prices;
  const refreshed = {
    ...prices,
    prices: { ...prices.prices, natGateway: { ...natGateway!, regions: { [region]: { price: 0.046, asOf: "2026-11-21" } } } },
  };
  const told = (...resources: PlanResource[]) => {
    const { asOf, assumptions } = estimate({ stack: "dev", resources }, { prices: refreshed, region });
    return [asOf, /us-east-1 of (.*?), without/.exec(assumptions[0]!)![1]];
  };

  test("are those of the prices that count in it", () => {
    expect(told(key)).toEqual(["2025-06-05", "2025-06-05"]);
    expect(told(gateway)).toEqual(["2026-11-21", "2026-11-21"]);
    expect(told(gateway, key)).toEqual(["2025-06-05", "2025-06-05 to 2026-11-21"]);
  });

  test("are none where no price counts", () => {
    const { asOf, assumptions } = estimate({ stack: "dev", resources: [] }, { prices: refreshed, region });
    expect([asOf, assumptions[0]]).toEqual([undefined, expect.stringMatching(/^List prices of us-east-1, without/)]);
  });
});

test("the assumptions are said", () => {
  const { assumptions } = costOf([]);
  expect(assumptions.join(" ")).toMatch(/730 hours.*Spot at 30 %/);
});

describe("what is declared and nothing asks for", () => {
  const logs = resource("aws:cloudwatch/logGroup:LogGroup", "api", {});
  const declared = (stack: string, name: string): Usage => ({
    stack,
    resource: `aws:cloudwatch/logGroup:LogGroup ${name}`,
    perMonth: { ingestedGiB: 10, millionReads: 1 },
  });
  const unused = (entry: Usage, isOnlyStack = false) =>
    estimate({ stack: "dev", resources: [logs] }, { prices, region, usage: [entry], isOnlyStack }).unusedUsage;

  test("is told: of a resource that is not there whole, of another what it does not need", () => {
    expect(unused(declared("dev", "gone"))).toEqual([declared("dev", "gone")]);
    expect(unused(declared("dev", "a*"))).toEqual([{ ...declared("dev", "a*"), perMonth: { millionReads: 1 } }]);
  });

  test("may be needed in another stack, where it is for every one and there are others", () => {
    expect([unused(declared("*", "gone")), unused(declared("prod", "gone"), true)]).toEqual([[], []]);
    expect(unused(declared("*", "gone"), true)).toHaveLength(1);
  });
});

describe("stacks/usage.yaml", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-usage-"))));
  afterEach(() => rmSync(folder, { recursive: true }));

  test("with mistakes is refused, all of them at once", () => {
    writeFileSync(join(folder, "usage.yaml"), "usage:\n  - stack: dev\n    perMonth: { storedGib: 1, processedGiB: -2, taskHours: 5 }\n");
    const refused = [
      /usage\.yaml:2:5 {2}FL2404 {2}entry 1 has no resource/,
      /usage\.yaml:3:28 {2}FL2404 {2}no price goes by storedGib\n[^]*fix: Did you mean storedGiB\?/,
      /usage\.yaml:3:45 {2}FL2404 {2}processedGiB is -2/,
      /usage\.yaml:3:60 {2}FL2404 {2}no price goes by taskHours/,
    ];
    for (const expected of refused) expect(() => usageIn(folder)).toThrow(expected);
  });

  test.each([
    ["usage: 3", /usage\.yaml:1:8 {2}FL2404 {2}usage is 3/],
    ["usage: [", /usage\.yaml:1:\d+ {2}FL2401 /],
    ["usage: [{ stack: dev, resource: [x], perMonth: {} }]", /usage\.yaml:1:33 {2}FL2404 {2}resource is \["x"\]/],
    ["usage: [{ stack: dev, resource: x y, perMonth: 7 }]", /usage\.yaml:1:48 {2}FL2404 {2}perMonth is 7/],
    ["usage: [null]", /entry 1 has no stack, no resource, no perMonth/],
  ])("that reads %s is refused with its place", (text, expected) => {
    writeFileSync(join(folder, "usage.yaml"), text);
    expect(() => usageIn(folder)).toThrow(UserError);
    expect(() => usageIn(folder)).toThrow(expected);
  });

  test("need not be there, or may be empty", () => {
    expect(usageIn(folder)).toEqual([]);
    writeFileSync(join(folder, "usage.yaml"), "usage:\n");
    expect(usageIn(folder)).toEqual([]);
  });
});
