import { comparePlans } from "@fairlead/changes";
import { planOf, resource, urnOf } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { reviewOf, type Side } from "../src";
import { nothingFound, review, side, told } from "./judged";

const bucket = resource("aws:s3/bucket:Bucket", "reports", { bucket: "reports" });
const same = planOf(bucket);

describe("a provider of the program's own", () => {
  const by = { options: { provider: urnOf("pulumi:providers:aws", "other") } };
  const of = (inputs: Record<string, unknown>) =>
    planOf(resource("pulumi:providers:aws", "other", { region: "eu-west-1", ...inputs }), { ...bucket, ...by });
  test.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ["is pinned to its account", {}, { allowedAccountIds: '["111111111111"]' }, []],
    ["may go to fewer accounts", { allowedAccountIds: '["111111111111","222222222222"]' }, { allowedAccountIds: '["111111111111"]' }, []],
    [
      "may go to more accounts",
      { allowedAccountIds: '["111111111111"]' },
      { allowedAccountIds: '["111111111111","222222222222"]' },
      ["lessProtected: changes where provider may work: other (allowedAccountIds)"],
    ],
    [
      "goes to another account",
      { allowedAccountIds: '["111111111111"]' },
      { allowedAccountIds: '["222222222222"]' },
      ["elsewhere: changes where provider may work: other (allowedAccountIds)"],
    ],
    ["takes another role", {}, { assumeRoles: '[{"roleArn":"a"}]' }, ["elsewhere: changes where provider works: other (assumeRoles)"]],
    [
      "names the session of its role",
      { assumeRoles: '[{"roleArn":"arn:aws:iam::111111111111:role/a"}]' },
      { assumeRoles: '[{"roleArn":"arn:aws:iam::111111111111:role/a","sessionName":"shop"}]' },
      [],
    ],
    [
      "takes another role of the same account",
      { assumeRoles: '[{"roleArn":"arn:aws:iam::111111111111:role/a"}]' },
      { assumeRoles: '[{"roleArn":"arn:aws:iam::111111111111:role/b"}]' },
      ["lessProtected: changes as whom provider works: other (assumeRoles)"],
    ],
    ["asks another way", {}, { useDualstackEndpoint: "true" }, ["unknown: changes provider other (useDualstackEndpoint)"]],
  ])("%s", (_, before, after, expected) => expect(told(of(before), of(after))).toEqual(expected));
});

describe("a region that is an argument", () => {
  const other = (region: string) => resource("pulumi:providers:aws", "other", { region });
  const by = { options: { provider: urnOf("pulumi:providers:aws", "other") } };
  const at = (region?: string) => ({ ...bucket, inputs: { ...bucket.inputs, ...(region !== undefined && { region }) } });
  const graded = (before: PlanResource[], after: PlanResource[]) =>
    reviewOf(comparePlans(planOf(...before), planOf(...after), "us-east-1"), side(), side()).grade;
  test.each<[string, PlanResource[], PlanResource[], string]>([
    ["takes the place of a provider there", [other("eu-west-1"), { ...bucket, ...by }], [other("eu-west-1"), at("eu-west-1")], "nothing"],
    ["gives way to a provider there", [other("eu-west-1"), at("eu-west-1")], [other("eu-west-1"), { ...bucket, ...by }], "nothing"],
    ["takes the place of one elsewhere", [other("eu-west-1"), { ...bucket, ...by }], [other("eu-west-1"), at("eu-west-2")], "stop"],
    [
      "is the stack's, and the provider's is another",
      [other("eu-west-1"), { ...bucket, ...by }],
      [other("eu-west-1"), { ...at("us-east-1"), ...by }],
      "stop",
    ],
    ["is the stack's", [bucket], [at("us-east-1")], "nothing"],
  ])("%s", (_, before, after, grade) => expect(graded(before, after)).toBe(grade));
});

describe("where values come from", () => {
  test.each<[string, Partial<Side["configured"]>, string]>([
    ["a key", { secretsProvider: "awskms://alias/a" }, "interruption: encrypts secrets by another key"],
    ["an environment", { environments: ["shop/prod"] }, "unknown: takes configuration from shop/prod"],
  ])("%s", (_, others, expected) => {
    expect(told(same, same, side(), side({}, others))).toEqual([expected]);
    expect(told(same, same, side({}, others), side({}, others))).toEqual([]);
  });
});

describe("an id to import of what is there", () => {
  const of = (options: PlanResource["options"], type = bucket.type, inputs: Record<string, unknown> = bucket.inputs) =>
    planOf(resource(type, "reports", inputs, { options }));
  test.each<[string, PlanResource["options"], PlanResource["options"], string[]]>([
    ["is its own", {}, { import: "reports" }, []],
    ["is another's", {}, { import: "reports-2" }, ["dataLoss: replaces S3 bucket reports"]],
    ["was another's", { import: "reports-2" }, { import: "reports" }, ["dataLoss: replaces S3 bucket reports"]],
    ["is there no longer", { import: "reports" }, {}, []],
  ])("%s", (_, before, after, expected) => expect(told(of(before), of(after))).toEqual(expected));
  test("can't be compared where only the state knows its id", () => {
    const type = "aws:efs/fileSystem:FileSystem";
    expect(told(of({}, type, {}), of({ import: "fs-0a1b2c3d" }, type, {}))).toEqual(["unknown: may replace file system reports"]);
  });
});

describe("a provider's plugin", () => {
  const url = "https://plugins.example.net";
  const of = (options: PlanResource["options"], ...others: PlanResource[]) => planOf({ ...bucket, options }, ...others);
  test("from elsewhere gets the credentials", () => {
    expect(told(same, of({ pluginDownloadURL: url, version: "9.9.9" }))).toEqual([
      "opened: takes a plugin from elsewhere for S3 bucket reports",
    ]);
    expect(told(of({ pluginDownloadURL: url }), same)).toEqual(["unknown: takes Pulumi's plugin for S3 bucket reports"]);
    expect(told(same, of({ version: "9.9.9" }))).toEqual(["unknown: takes another version of the plugin for S3 bucket reports"]);
  });
  test("from elsewhere for something new too, and not the first of a package that is always from there", () => {
    const queue = (options: PlanResource["options"]) => resource("aws:sqs/queue:Queue", "jobs", {}, { options });
    const other = resource("acme:index:Thing", "thing", {}, { options: { pluginDownloadURL: url } });
    expect(told(same, of({}, queue({ pluginDownloadURL: url })))).toContain("opened: takes a plugin from elsewhere for SQS queue jobs");
    expect(told(same, of({}, queue({})))).toEqual([]);
    expect(told(same, of({}, other)).join()).not.toContain("opened");
    expect(told(planOf(), planOf(queue({ pluginDownloadURL: url })))).toContain("opened: takes a plugin from elsewhere for SQS queue jobs");
  });
});

describe("functions that Pulumi runs", () => {
  const of = (options: PlanResource["options"], inputs = bucket.inputs) => planOf({ ...bucket, inputs, options });
  test("before or after what it does are told where they come, change and go", () => {
    const [one, other] = [{ hooks: { afterUpdate: ["clean (1)"] } }, { hooks: { afterUpdate: ["clean (2)"] } }];
    const expected = ["unknown: runs other functions (afterUpdate) for S3 bucket reports"];
    for (const [before, after] of [[{}, one], [one, other], [one, {}]] as const) expect(told(of(before), of(after))).toEqual(expected); // prettier-ignore
    expect(told(of(one), of(one))).toEqual([]);
  });
  test("to change what is asked for are told where they change", () => {
    expect(told(of({ transforms: ["1"] }), of({ transforms: ["2"] }))).toEqual(["unknown: has other transforms of S3 bucket reports"]);
  });
  test("for a dynamic resource are another program where their code is", () => {
    const dynamic = (__provider: string) => planOf(resource("pulumi-nodejs:dynamic:Resource", "sync", { from: "a", __provider }));
    expect(told(dynamic("1"), dynamic("2"))).toEqual(["unknown: has another code of dynamic resource sync"]);
  });
});

test("what goes with another is no longer deleted by itself", () => {
  const [table, role] = [resource("aws:dynamodb/table:Table", "orders"), resource("aws:iam/role:Role", "orders")];
  const of = (options: PlanResource["options"]) => planOf(table, { ...role, options });
  const gone = { deletedWith: table.urn };
  expect(told(of({}), of(gone))).toEqual(["lessProtected: no longer deletes by itself IAM role orders"]);
  expect(told(of(gone), of({}))).toEqual([]);
});

describe("what a component of ours makes", () => {
  const component = (type: string) => resource(type, "shop", {}, { custom: false });
  const child = (type: string, options: PlanResource["options"]) => ({ ...bucket, parent: urnOf(type, "shop"), options });
  const ignoring = (type: string, ignoreChanges: string[]) =>
    told(planOf(component(type), child(type, {})), planOf(component(type), child(type, { ignoreChanges })));
  test("says what it ignores as everything does", () => {
    for (const type of ["fairlead:networking:LoadBalancer", "acme:platform:Env"])
      expect(ignoring(type, ["*"])).toEqual(["unknown: ignores changes of *: S3 bucket reports"]);
  });
  test("and what a scaler decides nobody has to be told", () => {
    const service = (options: PlanResource["options"]) => planOf(resource("aws:ecs/service:Service", "api", {}, { options }));
    expect(told(service({}), service({ ignoreChanges: ["desiredCount"] }))).toEqual([]);
  });
});

test("what waited for something because the program says so no longer does", () => {
  const schema = resource("aws:ssm/parameter:Parameter", "schema", { value: "7" });
  const tool = (dependencies: string[]) => resource("aws:ecs/service:Service", "tool", {}, { dependencies });
  expect(told(planOf(schema, tool([schema.urn])), planOf(schema, tool([])))).toEqual([
    "unknown: no longer waits for schema: ECS service tool",
  ]);
  expect(told(planOf(schema, tool([schema.urn])), planOf(tool([]))).filter((text) => text.includes("waits"))).toEqual([]);
});

test("what the engine ignores is no change, wherever it is", () => {
  const of = (days: number, ignoreChanges: string[] = []) =>
    planOf(
      resource(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        "audit",
        { bucket: "audit", rules: [{ id: "old", status: "Enabled", expiration: { days } }] },
        { options: { ignoreChanges } },
      ),
    );
  expect(review(of(365, ["rules[0].expiration"]), of(90, ["rules[0].expiration"])).grade).toBe("nothing");
  expect(review(of(365, ["rules[*].expiration.days"]), of(90, ["rules[*].expiration.days"])).grade).toBe("nothing");
  expect(review(of(365, ["rules[1].expiration"]), of(90, ["rules[1].expiration"])).grade).toBe("stop");
});

describe("an output", () => {
  const alb = (name: string) => resource("aws:lb/loadBalancer:LoadBalancer", name);
  const url = (name: string) => ({ url: `https://\${${urnOf("aws:lb/loadBalancer:LoadBalancer", name)}#dnsName}` });
  const of = (outputs: Record<string, unknown>) => ({ ...planOf(alb("shop"), alb("admin")), outputs });
  test("that is another resource's, or says something else, is told; what a service's image is called is not", () => {
    expect(told(of(url("shop")), of(url("admin")))).toEqual(["interruption: has something else as output url"]);
    expect(told(of(url("shop")), of({ url: `${url("shop").url}/` }))).toEqual(["unknown: has another value as output url"]);
    expect(told(of({ images: { api: "1.0.0-a" } }), of({ images: { api: "1.0.1-b" } }))).toEqual([]);
  });
});

describe("a service", () => {
  const type = "fairlead:stacks:Service";
  const of = (spec: object, image = "docker-build:index:Image") =>
    planOf(resource(type, "api", { spec }, { custom: false }), resource(image, "api", {}, { parent: urnOf(type, "api") }));
  test("runs another command before others start", () => {
    expect(told(of({ before: ["web"], command: ["up"] }), of({ before: ["web"], command: ["up", "--drop"] }))).toEqual([
      "unknown: api runs with another command in this `up`",
    ]);
    expect(told(of({ command: ["serve"] }), of({ command: ["serve", "--fast"] }))).toEqual([]);
  });
  test("is a job before others, and has another image", () => {
    const built = (imageTag: string, spec: object) => planOf(resource(type, "api", { spec, imageTag }, { custom: false }));
    const migration = { before: ["web"] };
    expect(told(built("1.0.0-a", migration), built("1.1.0-b", migration))).toEqual(["unknown: api runs with another image in this `up`"]);
    for (const web of [{}, { before: [] }]) expect(told(built("1.0.0-a", web), built("1.1.0-b", web))).toEqual([]);
  });
  test("is built no longer", () => {
    expect(told(of({}), of({}, "aws:s3/bucket:Bucket"))).toEqual(["unknown: api runs an image that is not built here"]);
  });
});

describe("a rule that is broken", () => {
  const finding = {
    control: "S3.8",
    title: "",
    urn: bucket.urn,
    type: bucket.type,
    name: "reports",
    problem: "it is open",
    fix: "Close it.",
  };
  const judged = (findings: object[], excepted: object[] = []): Side => ({
    ...side(),
    judged: { evaluation: { ...nothingFound, findings, excepted } as Side["judged"]["evaluation"], mandatory: false },
  });
  const changed = planOf({ ...bucket, inputs: { ...bucket.inputs, newThing: [{}] } });
  test("is told beside an argument that nobody knows", () => {
    expect(told(same, changed, judged([]), judged([finding]))).toContain("lessProtected: breaks S3.8: reports");
  });
  test("and excepted is told whatever else is", () => {
    const unprotected = planOf({ ...bucket, options: { protect: true } });
    expect(told(unprotected, same, judged([]), judged([finding]))).toEqual(["lessProtected: no longer protects S3 bucket reports"]);
    expect(told(unprotected, same, judged([]), judged([], [{ ...finding, exceptedBy: "stack" }]))).toContain(
      "lessProtected: excepts reports from S3.8",
    );
  });
});
