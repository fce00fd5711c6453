import { comparePlans } from "@fairlead/changes";
import type { Plan, PlanResource, Project } from "@fairlead/plan";

import { renderComment, renderHtml, renderTerminal, reportOf, type ChangeReport } from "../src";

const stackUrn = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";
const domain = "aws:batch/jobQueue:JobQueue";
const project: Project = {
  root: __dirname,
  name: "shop",
  main: "index.js",
  configFolder: __dirname,
  config: { "aws:region": "us-east-1" },
  secretKeys: [],
};

function resource(type: string, name: string, inputs: Record<string, unknown> = {}, options: object = {}): PlanResource {
  const urn = `urn:pulumi:dev::shop::${type}::${name}`;
  return { urn, type, name, parent: stackUrn, custom: true, inputs, dependencies: [], propertyDependencies: {}, options };
}

function planOf(...resources: PlanResource[]): Plan {
  const stack = { ...resource("pulumi:pulumi:Stack", "shop-dev"), urn: stackUrn, parent: null, custom: false };
  return { version: 1, project: "shop", stack: "dev", resources: [stack, ...resources], outputs: {} };
}

const reportFor = (before: Plan, after: Plan): ChangeReport => ({
  project: "shop",
  from: "before",
  to: "after",
  stacks: [reportOf(comparePlans(before, after), { after: project })],
});

/** What the page's script draws from. */
async function pageData(report: ChangeReport) {
  const [, json] = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(await renderHtml(report))!;
  return JSON.parse(json!) as { stacks: { dangers: { severity: string; title: string }[]; cost: object }[] };
}

const queue = resource("aws:sqs/queue:Queue", "orders");
const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "slow");
const dashboard = resource("aws:cloudwatch/dashboard:Dashboard", "prod");
const firewall = resource("aws:wafv2/webAclAssociation:WebAclAssociation", "web");
const targetGroup = resource("aws:lb/targetGroup:TargetGroup", "web");
const search = (version: string) => resource(domain, "search", { engineVersion: version }, { replaceOnChanges: ["engineVersion"] });

describe("a resource of a type that nobody wrote a sheet of", () => {
  const removed = reportFor(planOf(search("1"), dashboard), planOf());

  test("is told when it goes, and the change is not called routine", () => {
    const comment = renderComment(removed);
    expect(comment).toContain("### ❔ Look – can't tell what follows: dev");
    expect(comment).not.toContain("Routine");
    expect(comment).toMatch(/❔ \*\*deletes batch JobQueue search\*\*\. Fairlead does not know what the deletion/);
  });

  test("is told when it is replaced, with what forces it", () => {
    const replaced = reportFor(planOf(search("1")), planOf(search("2")));
    expect(renderComment(replaced)).toContain("❔ **replaces batch JobQueue search**, forced by engineVersion.");
    expect(renderTerminal(replaced)).toMatch(
      /\? replaces batch JobQueue search, forced by engineVersion\n.*does not know what the replacement/,
    );
  });

  test("is told by the terminal and the page as well", async () => {
    expect(renderTerminal(removed)).toMatch(/\? deletes batch JobQueue search/);
    expect((await pageData(removed)).stacks[0]!.dangers).toMatchObject([{ severity: "unknown", title: "deletes batch JobQueue search" }]);
  });

  test("comes after what is known to hurt, and before what is routine", async () => {
    const worst = reportFor(planOf(search("1"), dashboard, alarm, targetGroup, queue), planOf());
    expect(renderComment(worst)).toContain("### 🛑 Stop – data would be lost: dev");
    expect((await pageData(worst)).stacks[0]!.dangers.map(({ severity }) => severity)).toEqual([
      "dataLoss",
      "interruption",
      "lessProtected",
      "unknown",
    ]);
    expect(renderComment(reportFor(planOf(search("1"), targetGroup), planOf()))).toContain("### ⚠️ Look – interrupts: dev");
    expect(renderComment(reportFor(planOf(dashboard), planOf()))).toContain("### ✅ Routine");
  });
});

describe("an update that may be a replacement", () => {
  const bucket = (inputs: Record<string, unknown> = {}) => resource("aws:s3/bucket:Bucket", "uploads", inputs);
  const other = reportFor(planOf(bucket()), planOf(bucket({ bucketNamespace: "account-regional" })));

  test("is not called routine, and is said to be unknown", () => {
    const comment = renderComment(other);
    expect(comment).toContain("### ❔ Look – can't tell what follows: dev");
    expect(comment).toMatch(/❔ \*\*may replace S3 bucket uploads\*\*\. Nobody asked the provider whether another bucketNamespace/);
    expect(comment).toContain("bucketNamespace: nothing → account-regional (may replace it)");
  });

  test("is told by the terminal and the page as well", async () => {
    expect(renderTerminal(other)).toMatch(/\? may replace S3 bucket uploads\n.*If so: A new, empty bucket/);
    expect((await pageData(other)).stacks[0]!.dangers).toMatchObject([{ severity: "unknown", title: "may replace S3 bucket uploads" }]);
  });
});

describe("what watched or protected", () => {
  test.each([
    [alarm, /### ⚠️ Look – less protected: dev[^]*⚠️ \*\*deletes /],
    [firewall, /### 🛑 Stop – a boundary opens: dev[^]*🛑 \*\*deletes /],
  ])("is told when it goes alone, and the change is not called routine", (gone, told) => {
    expect(renderComment(reportFor(planOf(gone), planOf()))).toMatch(told);
  });

  test("says nothing where what it watched goes with it", () => {
    const service = { ...resource("fairlead:stacks:Service", "api"), custom: false };
    const ofService = (one: PlanResource) => ({ ...one, parent: service.urn });
    const ecs = ofService(resource("aws:ecs/service:Service", "api"));
    const comment = renderComment(reportFor(planOf(service, ecs, ofService(alarm)), planOf()));
    expect(comment).toContain("### 🛑 Stop – nothing would serve: dev");
    expect(comment).not.toContain("told any more");
  });
});

describe("what nobody can price", () => {
  const added = reportFor(planOf(alarm), planOf(alarm, search("1")));

  test("makes a total the least that it can be, and its change unknown", async () => {
    expect(renderTerminal(added)).toContain("cost a month: change not known, at least $0.10, 1 part unknown (+1)");
    expect(renderComment(added)).toContain("| not known | at least $0.10, 1 part unknown |");
    expect(renderComment(added)).toMatch(/dev: JobQueue search \| not known \| not known \|/);
    expect((await pageData(added)).stacks[0]!.cost).toMatchObject({ before: 0.1, after: 0.1, unknown: 1, added: 1, gone: 0 });
  });

  test("says nothing where all is known", () => {
    const known = reportFor(planOf(), planOf(alarm));
    expect(renderTerminal(known)).toContain("+$0.10 a month to $0.10\n");
    expect(renderComment(known)).toContain("| +$0.10 | $0.10 |");
  });
});
