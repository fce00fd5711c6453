import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparePlans } from "@fairlead/changes";
import { readPrices } from "@fairlead/cost";
import { serviceType } from "@fairlead/model";
import type { Plan, PlanResource, Project } from "@fairlead/plan";

import { renderComment, renderTerminal, reportOf, summaryOf, type ChangeReport, type StackReport } from "../src";
import { costByArea, costChange, leftOut } from "../src/costs";
import { costsTheSame } from "../src/money";

const stackUrn = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const logGroup = "aws:cloudwatch/logGroup:LogGroup";

let folder: string;
beforeEach(() => (folder = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-costs-")))));
afterEach(() => rmSync(folder, { recursive: true }));

const projectIn = (region: string): Project => ({
  root: folder,
  name: "shop",
  main: "index.js",
  configFolder: folder,
  config: { "aws:region": region },
  secretKeys: [],
});

function declare(...entries: [resource: string, perMonth: string][]) {
  const lines = entries.map(([resource, perMonth]) => `  - { stack: "*", resource: "${resource}", perMonth: { ${perMonth} } }\n`);
  writeFileSync(join(folder, "usage.yaml"), `usage:\n${lines.join("")}`);
}

function resource(type: string, name: string, inputs: Record<string, unknown> = {}, others: Partial<PlanResource> = {}): PlanResource {
  const under = others.parent ? `${others.parent.split("::")[2]}$` : "";
  const urn = `urn:pulumi:dev::shop::${under}${type}::${name}`;
  return { urn, type, name, parent: stackUrn, custom: true, inputs, dependencies: [], propertyDependencies: {}, options: {}, ...others };
}

function planOf(...resources: PlanResource[]): Plan {
  const stack = { ...resource("pulumi:pulumi:Stack", "shop-dev"), urn: stackUrn, parent: null, custom: false };
  return { version: 1, project: "shop", stack: "dev", resources: [stack, ...resources], outputs: {} };
}

function stackReport(before: Plan, after: Plan, from = "us-east-1", to = from): StackReport {
  return reportOf(comparePlans(before, after), { before: projectIn(from), after: projectIn(to) });
}

const reportOfStack = (stack: StackReport): ChangeReport => ({ project: "shop", from: "before", to: "after", stacks: [stack] });

/** The line of a change's costs, as a terminal shows it. */
function costLine(stack: StackReport): string {
  return renderTerminal(reportOfStack(stack))
    .split("\n")[3]!
    .replace(/^.*?(cost a month|[+−±]|at least)/, "$1");
}

/** A service as the composition makes it: with logs, and with tasks on Fargate. */
function service(
  name: string,
  { count = 2, memory = 1024, image = "v1", aliases }: { count?: number; memory?: number; image?: string; aliases?: object[] } = {},
) {
  const component = resource(
    serviceType,
    name,
    { spec: { containerPort: 80, desiredCount: count } },
    { custom: false, options: { aliases } },
  );
  const below = { parent: component.urn };
  const containerDefinitions = JSON.stringify([{ image }]);
  const task = resource("aws:ecs/taskDefinition:TaskDefinition", name, { cpu: "512", memory: String(memory), containerDefinitions }, below);
  return [
    component,
    resource(logGroup, name, {}, below),
    task,
    resource("aws:ecs/service:Service", name, { desiredCount: count, taskDefinition: { $output: `${task.urn}#arn` } }, below),
  ];
}

const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "slow");
const domain = (version: string) => resource("aws:opensearch/domain:Domain", "search", { engineVersion: version });
const queue = (inputs: object = {}) => resource("aws:sqs/queue:Queue", "orders", { ...inputs });
const volumes = "ingestedGiB: 5, storedGiB: 2";

describe("a change's cost", () => {
  test("is a sum where all parts are known on both sides", () => {
    declare([`${logGroup} api`, volumes]);
    expect(costLine(stackReport(planOf(...service("api")), planOf(...service("api"), alarm)))).toMatch(
      /^\+\$0\.10 a month to \$\d+\.\d\d$/,
    );
    expect(costLine(stackReport(planOf(...service("api")), planOf(...service("api", { image: "v2" }))))).toMatch(/^±\$0 a month to \$\d/);
  });

  test("is ±$0 where what is unknown is as it was", () => {
    const changed = stackReport(planOf(queue(), domain("1")), planOf(queue({ visibilityTimeoutSeconds: 60 }), domain("1")));
    expect(costLine(changed)).toBe("±$0 a month, total not known, 2 parts unknown");
    expect(costsTheSame(costChange(changed))).toBe(true);
  });

  test("is not known where an unknown part comes, goes or changes", () => {
    for (const [before, after] of [
      [planOf(alarm), planOf(alarm, domain("1"))],
      [planOf(alarm, domain("1")), planOf(alarm)],
      [planOf(alarm, domain("1")), planOf(alarm, domain("2"))],
    ] as const) {
      const line = costLine(stackReport(before, after));
      expect(line).toMatch(/^cost a month: change not known, (at least )?\$0\.10/);
      expect(line).not.toContain("±$0");
    }
  });

  test("is the least that it can be where what is unknown only adds to it, and what is known of it where not", () => {
    const [few, many] = [planOf(alarm), planOf(alarm, { ...alarm, urn: `${alarm.urn}-2` }, domain("1"))];
    expect(costLine(stackReport(few, many))).toBe("at least +$0.10 a month to at least $0.20, 1 part unknown (+1)");
    expect(costLine(stackReport(many, few))).toBe("at least −$0.10 a month to $0.10, 0 parts unknown (−1)");
    const other = planOf(alarm, { ...alarm, urn: `${alarm.urn}-2` });
    expect(costLine(stackReport(planOf(alarm, domain("1")), other))).toBe(
      "cost a month: change not known (+$0.10 of what is known), $0.20, 0 parts unknown (−1)",
    );
  });

  test("says of its sum what it leaves out", () => {
    const added = stackReport(planOf(alarm), planOf(alarm, queue(), ...service("api"), ...service("web")));
    expect(leftOut(added.cost.after)).toEqual([
      "2 × log group, logs taken in: ingestedGiB is not declared",
      "2 × log group, logs kept: storedGiB is not declared",
      "SQS queue, its requests: millionRequests is not declared",
    ]);
    expect(renderComment(reportOfStack(added)).replaceAll("\\", "")).toContain(
      "In no sum of dev: 2 × log group, logs taken in: ingestedGiB is not declared; 2 × log group, logs kept: storedGiB is not declared; SQS queue, its requests",
    );
    expect(renderComment(reportOfStack(added))).toMatch(/\| at least \+\$\d+\.\d\d \| at least \$\d+\.\d\d, 5 parts unknown \|/);
    const [summary] = summaryOf(reportOfStack(added)).stacks;
    expect(summary).toMatchObject({
      cost: { text: expect.stringMatching(/^at least \+.*5 parts unknown/) as string, unknown: 5, added: 5, gone: 0 },
    });
  });
});

describe("in a region without prices", () => {
  test("nothing reads as if it cost nothing", () => {
    const changed = stackReport(planOf(...service("api")), planOf(...service("api", { count: 3 })), "cn-north-1");
    expect(costLine(changed)).toBe("cost a month: change not known, total not known, 3 parts unknown: no prices of cn-north-1");
    const texts = [renderTerminal(reportOfStack(changed)), renderComment(reportOfStack(changed))].join("\n");
    expect(texts).not.toMatch(/±\$0|\$0\.00/);
    expect(texts).toContain("The price file has no prices of cn-north-1");
  });

  test("nor does what costs the same", () => {
    const changed = stackReport(planOf(...service("api")), planOf(...service("api", { image: "v2" })), "cn-north-1");
    expect(costLine(changed)).toMatch(/^cost a month: change not known, total not known, 3 parts/);
    expect(costsTheSame(costChange(changed))).toBe(true);
  });
});

describe("a stack that moves to another region", () => {
  const { natGateway } = readPrices().prices;
  const gateways = planOf(resource("aws:ec2/natGateway:NatGateway", "a"));

  test("costs before what it costs there, and after what it costs where it goes", () => {
    declare(["aws:ec2/natGateway:NatGateway a", "processedGiB: 0"]);
    const { cost } = stackReport(gateways, gateways, "us-east-1", "eu-west-2");
    expect(cost.before.total).toBeCloseTo(730 * natGateway!.regions["us-east-1"]!.price, 6);
    expect(cost.after.total).toBeCloseTo(730 * natGateway!.regions["eu-west-2"]!.price, 6);
    expect(cost.before.assumptions[0]).toContain("List prices of us-east-1");
  });

  test("is where its state says, where there is no plan of it before", () => {
    const provider = resource("pulumi:providers:aws", "default_7_12_0", { region: "us-east-1" });
    const changes = comparePlans(planOf(provider, ...gateways.resources.slice(1)), gateways);
    const { before, after } = reportOf({ ...changes, source: "engine" }, { after: projectIn("eu-west-2") }).cost;
    expect([before.region, after.region]).toEqual(["us-east-1", "eu-west-2"]);
  });

  test("is told, though no resource differs", () => {
    const moved = renderTerminal(reportOfStack(stackReport(gateways, gateways, "us-east-1", "eu-west-2")));
    expect(moved).toMatch(/change not known \(\+\$3\.65 of what\s+is known\)/);
  });

  test("is not known where either has no prices, or what is unknown may cost another price", () => {
    expect(costChange(stackReport(gateways, gateways, "cn-north-1", "us-east-1")).unpriced).toEqual(["cn-north-1"]);
    expect(costChange(stackReport(planOf(queue()), planOf(queue()), "us-east-1", "eu-west-2"))).toMatchObject({ added: 1, gone: 1 });
  });
});

describe("a rename", () => {
  const [before, after] = ["api", "backend"].map((name) => planOf(...service(name)));
  const withAlias = planOf(...service("backend", { aliases: [{ name: "api" }] }));
  const named = { api: [`${logGroup} api`, volumes], backend: [`${logGroup} backend`, volumes] } as Record<string, [string, string]>;

  test.each([
    { how: "by an alias", renamed: withAlias, declared: "api" },
    { how: "by an alias", renamed: withAlias, declared: "backend" },
    { how: "of a service, without an alias", renamed: after!, declared: "api" },
    { how: "of a service, without an alias", renamed: after!, declared: "backend" },
  ])("$how costs the same, where the volumes of $declared are declared", ({ renamed, declared }) => {
    declare(named[declared]!);
    const stack = stackReport(before!, renamed);
    expect(stack.cost.before.total).toBeGreaterThan(5 * 0.5);
    expect(costLine(stack)).toMatch(/^±\$0 a month to \$\d+\.\d\d$/);
    expect([...costByArea(stack)].filter(([, cost]) => !costsTheSame(cost))).toEqual([]);
    const toDo = `${logGroup} api is backend now. Rename the entry, or its volumes are not known any more.`;
    expect(renderTerminal(reportOfStack(stack)).includes(`usage.yaml: ${toDo}`)).toBe(declared === "api");
    expect(renderComment(reportOfStack(stack)).includes(`**usage.yaml**: ${toDo}`)).toBe(declared === "api");
  });

  test("costs the same where nothing is declared, or both names are", () => {
    for (const declared of [[], [named.api!, [named.backend![0], "ingestedGiB: 9, storedGiB: 9"]]] as [string, string][][]) {
      declare(...declared);
      for (const renamed of [withAlias, after!]) expect(costLine(stackReport(before!, renamed))).toMatch(/^±\$0 a month/);
    }
  });

  test("of what is no service costs the same by its alias alone", () => {
    declare(["aws:sqs/queue:Queue orders", "millionRequests: 10"]);
    const events = (aliases?: object[]) => resource("aws:sqs/queue:Queue", "events", {}, { options: { aliases } });
    expect(costLine(stackReport(planOf(queue()), planOf(events([{ name: "orders" }]))))).toBe("±$0 a month to $4.00");
    // Without one it is another queue, and what it will be asked nobody said.
    expect(costLine(stackReport(planOf(queue()), planOf(events())))).toMatch(
      /^cost a month: change not known \(−\$4\.00 of what is known\)/,
    );
  });

  test("leaves what has the old name for itself", () => {
    declare(named.api!);
    const stack = stackReport(planOf(...service("api")), planOf(...service("api"), ...service("backend")));
    expect(costLine(stack)).toMatch(/^at least \+.* 2 parts unknown \(\+2\)$/);
  });
});

describe("what follows the tasks and can't be known", () => {
  const cluster = resource("aws:ecs/cluster:Cluster", "main", { settings: [{ name: "containerInsights", value: "enhanced" }] });
  const schedule = (memory: string, image: string, scheduleExpression = "rate(1 hour)") => {
    const task = resource("aws:ecs/taskDefinition:TaskDefinition", "nightly", { cpu: "256", memory, containerDefinitions: image });
    const target = { ecsParameters: { taskDefinitionArn: { $output: `${task.urn}#arn` }, taskCount: 1 } };
    return planOf(task, resource("aws:scheduler/schedule:Schedule", "nightly", { scheduleExpression, target }));
  };

  beforeEach(() => declare([`${logGroup} api`, volumes]));

  test("changes with their number, and not with their image or size", () => {
    const before = planOf(cluster, ...service("api"));
    expect(costLine(stackReport(before, planOf(cluster, ...service("api", { image: "v2" }))))).toMatch(/^±\$0 a month to at least/);
    expect(costLine(stackReport(before, planOf(cluster, ...service("api", { memory: 2048 }))))).toMatch(/^\+\$6\.49 a month to at least/);
    expect(costLine(stackReport(before, planOf(cluster, ...service("api", { count: 3 }))))).toMatch(
      /^at least \+\$\d+\.\d\d a month to at least/,
    );
    expect(costLine(stackReport(before, planOf(cluster, ...service("api", { count: 1 }))))).toMatch(
      /^at least −\$\d+\.\d\d a month to at least/,
    );
  });

  test("changes with their size, where they run on instances", () => {
    const provider = resource("aws:ecs/capacityProvider:CapacityProvider", "own", { managedInstancesProvider: {} });
    const change = (memory: number) =>
      costChange(stackReport(planOf(provider, ...service("api")), planOf(provider, ...service("api", { memory }))));
    expect([change(1024), change(2048)]).toMatchObject([
      { added: 0, gone: 0 },
      { added: 1, gone: 1 },
    ]);
  });

  test("changes with the size and the times of a schedule's tasks, and not with their image", () => {
    const before = schedule("512", "v1");
    expect(costsTheSame(costChange(stackReport(before, schedule("512", "v2"))))).toBe(true);
    expect(costsTheSame(costChange(stackReport(before, schedule("1024", "v1"))))).toBe(false);
    expect(costsTheSame(costChange(stackReport(before, schedule("512", "v1", "rate(5 minutes)"))))).toBe(false);
  });
});
