import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "@fairlead/model";

import { evaluate, readExceptions } from "../src";

const queue = (name: string) => ({
  urn: `urn:pulumi:prod::shop::aws:sns/topic:Topic::${name}`,
  type: "aws:sns/topic:Topic",
  name,
  parent: null,
  custom: true,
  inputs: {},
  dependencies: [],
  propertyDependencies: {},
  options: {},
});
const plan = { stack: "prod", resources: [queue("events"), queue("audit")] };
const exception = { control: "SNS.1", stack: "prod", resource: "aws:sns/topic:Topic events", reason: "public data" };

test("an exception is for its control, its stack and its resource alone", () => {
  const findings = (change: Partial<typeof exception>) => evaluate(plan, [{ ...exception, ...change }]).findings.map(({ name }) => name);
  expect(findings({})).toEqual(["audit"]);
  expect(findings({ control: "SNS.4" })).toEqual(["events", "audit"]);
  expect(findings({ stack: "dev" })).toEqual(["events", "audit"]);
  expect(findings({ resource: "aws:sns/topic:Topic *" })).toEqual([]);
  expect(findings({ resource: "aws:sns/topic:Topic *ud*" })).toEqual(["events"]);
  expect(findings({ resource: "aws:sns/topic:Topic event." })).toEqual(["events", "audit"]);
  expect(findings({ stack: "*" })).toEqual(["audit"]);
});

test("what is excepted is told with its reason, and an exception that excepts nothing is told as well", () => {
  const { excepted, unused } = evaluate(plan, [exception, { ...exception, resource: "aws:sns/topic:Topic gone" }]);
  expect(excepted).toEqual([expect.objectContaining({ name: "events", exception: "public data" })]);
  expect(unused.map(({ resource }) => resource)).toEqual(["aws:sns/topic:Topic gone"]);
  expect(evaluate(plan, [{ ...exception, stack: "*", resource: "aws:sns/topic:Topic gone" }]).unused).toEqual([]);
});

describe("what our own components make against a rule", () => {
  const reason = /only load balancers and NAT gateways are in them/;
  const subnet = (types: string, name: string) => ({
    ...queue(name),
    type: "aws:ec2/subnet:Subnet",
    urn: `urn:pulumi:prod::shop::${types}aws:ec2/subnet:Subnet::${name}`,
    inputs: { mapPublicIpOnLaunch: true },
  });
  const judged = (types: string, name: string, exceptions: (typeof exception)[] = []) => {
    const resources = [subnet(types, name)];
    const { findings, excepted, unused } = evaluate({ stack: "prod", resources }, exceptions);
    return { findings: findings.length, reasons: excepted.map((finding) => finding.exception), unused: unused.length };
  };
  const ours = "fairlead:networking:Network$awsx:ec2:Vpc$aws:ec2/vpc:Vpc$";

  test("is excepted in every stack, with the reason", () => {
    expect(judged(ours, "prod-public-1")).toEqual({ findings: 0, reasons: [expect.stringMatching(reason)], unused: 0 });
  });

  test("is not excepted of others, and nothing else of theirs is", () => {
    expect(judged("", "prod-public-1").findings).toBe(1);
    expect(judged("shop:own:Network$", "prod-public-1").findings).toBe(1);
    expect(judged(ours, "prod-private-1").findings).toBe(1);
  });

  test("has the stack's own reason where the stack gives one", () => {
    const own = { control: "EC2.15", stack: "prod", resource: "aws:ec2/subnet:Subnet *", reason: "ours" };
    expect(judged(ours, "prod-public-1", [own])).toEqual({ findings: 0, reasons: ["ours"], unused: 0 });
  });

  test("what reads back the resources of every stack is, among the roles of workflows", () => {
    const policy = (name: string) => ({
      ...subnet("", name),
      type: "aws:iam/rolePolicy:RolePolicy",
      urn: `urn:pulumi:prod::shop::fairlead:access:GitHubActionsAccess$aws:iam/rolePolicy:RolePolicy::${name}`,
      inputs: { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "ecs:List*", Resource: "*" }] }) },
    });
    const count = (name: string) => evaluate({ stack: "access", resources: [policy(name)] }, []).findings.length;
    expect([count("shop-drift"), count("shop-preview")]).toEqual([0, 1]);
  });

  test("the build cache among repositories is", () => {
    const repository = (name: string) => ({
      ...subnet("", name),
      type: "aws:ecr/repository:Repository",
      urn: `urn:pulumi:prod::shop::fairlead:registry:Repository$aws:ecr/repository:Repository::${name}`,
      inputs: { imageTagMutability: "MUTABLE" },
    });
    const { excepted } = evaluate({ stack: "prod", resources: [repository("build-cache"), repository("api")] });
    expect(excepted.map(({ control, name }) => `${control} ${name}`)).toEqual(["ECR.2 build-cache"]);
  });
});

describe("the file of exceptions", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-exceptions-"))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const read = (text: string) => {
    writeFileSync(join(folder, "e.yaml"), text);
    return readExceptions(join(folder, "e.yaml"), ["SNS.1"]);
  };

  test("may be missing or empty", () => {
    expect(readExceptions(join(folder, "none.yaml"), [])).toEqual([]);
    expect(read("")).toEqual([]);
  });

  test("needs a reason, and a control that there is", () => {
    const text = "exceptions:\n  - { control: SNS.1, stack: prod, resource: x y }\n  - { control: SNS.99, stack: prod, reason: z }\n";
    const refused = [
      /e\.yaml:2:5 {2}FL2402 {2}exception 1 has no reason/,
      /e\.yaml:3:5 {2}FL2402 {2}exception 2 has no resource/,
      /e\.yaml:3:16 {2}FL2403 {2}there is no rule for the control SNS\.99\n[^]*fix: Did you mean SNS\.1\?/,
      /3 problems/,
    ];
    expect(() => read(text)).toThrow(UserError);
    for (const expected of refused) expect(() => read(text)).toThrow(expected);
  });

  test.each([
    ["exceptions: all", /e\.yaml:1:13 {2}FL2402 {2}exceptions is "all"/],
    ["exceptions: [{ control: SNS.1, stack: prod, resource: [x], reason: z }]", /e\.yaml:1:55 {2}FL2402 {2}resource is \["x"\]/],
    ["exceptions: [{ control: SNS.1, stack: prod, resource: x, reason: z, until: 2027 }]", /FL2402 {2}unknown key "until"/],
    ["exceptions: [null]", /exception 1 has no control, no stack, no resource, no reason/],
    ["exceptions: [}", /e\.yaml:1:\d+ {2}FL2401 /],
  ])("with %s is refused with its place", (text, expected) => {
    expect(() => read(text)).toThrow(UserError);
    expect(() => read(text)).toThrow(expected);
  });
});
