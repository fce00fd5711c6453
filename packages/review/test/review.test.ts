import { comparePlans } from "@fairlead/changes";
import { output, planOf, resource, urnOf } from "@fairlead/changes/testing/plans";
import type { Plan, PlanResource } from "@fairlead/plan";

import { reviewOf, type Side } from "../src";

const nothingFound = { findings: [], excepted: [], unused: [] };
const side = (config: Record<string, string> = {}, others: Partial<Side["configured"]> = {}): Side => ({
  configured: { name: "shop", config: { "aws:region": "us-east-1", ...config }, ...others },
  judged: { evaluation: nothingFound, mandatory: false },
});
const review = (before: Plan, after: Plan, was: Side = side(), is: Side = side()) => reviewOf(comparePlans(before, after), was, is);
const told = (...args: Parameters<typeof review>) => review(...args).dangers.map(({ severity, title }) => `${severity}: ${title}`);

const bucket = resource("aws:s3/bucket:Bucket", "reports", { bucket: "reports" });
const same = planOf(bucket);

describe("a grade", () => {
  const alarm = resource("aws:cloudwatch/dashboard:Dashboard", "shop", { dashboardName: "shop", dashboardBody: "{}" });
  test.each([
    ["nothing", same, same],
    ["routine", planOf(bucket), planOf(bucket, alarm)],
    ["look", planOf(bucket), planOf(bucket, resource("aws:ram/resourceShare:ResourceShare", "share"))],
    ["stop", planOf(bucket), planOf(alarm)],
  ])("is %s", (grade, before, after) => {
    expect(review(before, after).grade).toBe(grade);
  });
});

describe("another place", () => {
  const [one, two] = ["111111111111", "222222222222"];
  test.each([
    ["region", side(), side({ "aws:region": "eu-west-1" }), "elsewhere: moves the stack from us-east-1 to eu-west-1"],
    [
      "account",
      side({ "aws:allowedAccountIds": `["${one}"]` }),
      side({ "aws:allowedAccountIds": `["${two}"]` }),
      `elsewhere: moves the stack from account ${one} to ${two}`,
    ],
    ["role", side(), side({ "aws:assumeRoles": '[{"roleArn":"arn:aws:iam::222222222222:role/x"}]' }), "elsewhere: changes aws:assumeRoles"],
    ["project", side(), side({}, { name: "store" }), "elsewhere: names the project store, before shop"],
    ["state", side(), side({}, { backend: "s3://states" }), "elsewhere: keeps the state in s3://states"],
    [
      "any account",
      side({ "aws:allowedAccountIds": `["${one}"]` }),
      side(),
      "lessProtected: lets the credentials alone decide the account",
    ],
    [
      "secret",
      side({}, { ciphertexts: { "shop:key": "v1:a" } }),
      side({}, { ciphertexts: { "shop:key": "v1:b" } }),
      "unknown: sets shop:key again",
    ],
  ])("%s", (_, was, is, expected) => {
    expect(told(same, same, was, is)).toEqual([expected]);
  });

  test("a stack that is named more narrowly goes nowhere else", () => {
    expect(told(same, same, side(), side({ "aws:allowedAccountIds": `["${one}"]` }))).toEqual([]);
  });

  const provider = (region: string) => resource("pulumi:providers:aws", "other", { region });
  const by = { options: { provider: urnOf("pulumi:providers:aws", "other") } };
  test("a resource that another provider manages, unless it works in the same place", () => {
    const moved = (region: string) => told(same, planOf(provider(region), { ...bucket, ...by }));
    expect(moved("eu-west-1")).toEqual(["elsewhere: takes another provider for reports"]);
    expect(moved("us-east-1")).toEqual([]);
  });

  test("a provider that works elsewhere", () => {
    const of = (region: string) => planOf(provider(region), { ...bucket, ...by });
    expect(told(of("us-east-1"), of("eu-west-1"))).toEqual(["elsewhere: changes where provider works: other (region)"]);
  });
});

test.each<[string, PlanResource["options"], PlanResource["options"], string[]]>([
  ["protect", { protect: true }, {}, ["lessProtected: no longer protects S3 bucket reports"]],
  ["retainOnDelete", { retainOnDelete: true }, {}, ["lessProtected: no longer retains S3 bucket reports"]],
  ["ignoreChanges", { ignoreChanges: ["tags"] }, {}, ["unknown: no longer ignores changes of tags: S3 bucket reports"]],
  ["more protection", {}, { protect: true }, []],
])("the option %s", (_, before, after, expected) => {
  expect(told(planOf({ ...bucket, options: before }), planOf({ ...bucket, options: after }))).toEqual(expected);
});

describe("a security group", () => {
  const type = "aws:ec2/securityGroup:SecurityGroup";
  const group = resource(type, "api", { vpcId: "vpc-1" });
  const rule = (inputs: object) =>
    resource(
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      "in",
      { securityGroupId: output(type, "api", "id"), ipProtocol: "tcp", fromPort: 443, toPort: 443, ...inputs },
      { propertyDependencies: { securityGroupId: [group.urn] } },
    );
  const world = { cidrIpv4: "0.0.0.0/0" };
  test.each<[string, PlanResource[], PlanResource[], string[]]>([
    ["opened to everybody", [group], [group, rule(world)], ["opened: opens in"]],
    ["opened on more ports", [group, rule(world)], [group, rule({ ...world, fromPort: 1, toPort: 65_535 })], ["opened: opens in"]],
    [
      "opened on fewer ports",
      [group, rule({ ...world, fromPort: 1, toPort: 65_535 })],
      [group, rule(world)],
      ["interruption: changes fromPort of ingress rule in", "interruption: changes toPort of ingress rule in"],
    ],
    [
      "opened to an office",
      [group],
      [group, rule({ cidrIpv4: "198.51.100.7/32" })],
      ["lessProtected: lets in 198.51.100.7/32 on port 443 (in)"],
    ],
    ["new and public", [bucket], [bucket, group, rule(world)], ["lessProtected: opens in"]],
  ])("%s", (_, before, after, expected) => {
    expect(told(planOf(...before), planOf(...after))).toEqual(expected);
  });
});

describe("a policy", () => {
  const roleType = "aws:iam/role:Role";
  const trust = (principal: unknown, more = {}) =>
    JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: principal, ...more }] });
  const role = (policy: string) => resource(roleType, "deployer", { assumeRolePolicy: policy });
  const service = { Service: "ecs-tasks.amazonaws.com" };
  test.each<[string, string, string, string[]]>([
    ["that trusts another account", trust(service), trust({ AWS: "111111111111" }), ["opened"]],
    ["that trusts everybody", trust(service), trust("*"), ["opened"]],
    [
      "that trusts any workflow",
      trust({ Federated: "arn:x" }, { Condition: { StringLike: { sub: "repo:shop/infra:*" } } }),
      trust({ Federated: "arn:x" }),
      ["opened"],
    ],
    ["that is written otherwise", trust({ AWS: "111111111111" }), trust({ AWS: ["arn:aws:iam::111111111111:root"] }), []],
    [
      "with a condition written otherwise",
      trust("*", { Condition: { StringEquals: { a: "b" } } }),
      trust("*", { Condition: { StringEquals: { a: ["b"] } } }),
      [],
    ],
  ])("%s", (_, before, after, expected) => {
    const dangers = review(planOf(role(before)), planOf(role(after))).dangers;
    expect(dangers.map(({ severity }) => severity)).toEqual(expected);
  });

  const may = (action: string, on = "*") => JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: on }] });
  const own = (policy: string) => resource("aws:iam/rolePolicy:RolePolicy", "api", { policy, role: "api" });
  test.each<[string, string, string, string[]]>([
    ["that allows everything", may("s3:GetObject"), may("*"), ["opened"]],
    ["that allows one more thing", may("s3:GetObject", "arn:a"), may("s3:PutObject", "arn:a"), ["lessProtected"]],
    ["that allows less", may("s3:*", "arn:a"), may("s3:GetObject", "arn:a"), ["interruption"]],
    ["that is the same", may("s3:GetObject"), may("s3:GetObject"), []],
  ])("%s", (_, before, after, expected) => {
    expect(review(planOf(own(before)), planOf(own(after))).dangers.map(({ severity }) => severity)).toEqual(expected);
  });

  test("of AWS's that allows everything", () => {
    const attached = resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "admin", {
      role: "api",
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    expect(told(same, planOf(bucket, attached))).toEqual(["opened: attaches AdministratorAccess"]);
  });
});

test("a second policy of a bucket, and an output that goes", () => {
  const policy = (name: string) =>
    resource(
      "aws:s3/bucketPolicy:BucketPolicy",
      name,
      { bucket: output("aws:s3/bucket:Bucket", "reports", "id"), policy: "{}" },
      { propertyDependencies: { bucket: [bucket.urn] } },
    );
  expect(told(planOf(bucket, policy("one")), planOf(bucket, policy("one"), policy("two")))).toEqual([
    "lessProtected: has more than one bucket policy of the same: one, two",
  ]);
  expect(told({ ...same, outputs: { url: "x" } }, same)).toEqual(["interruption: no longer has the output url"]);
});

test("of a stack that is new nothing is opened, and all is routine", () => {
  const group = resource("aws:ec2/securityGroup:SecurityGroup", "alb", {
    ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }],
  });
  expect(review({ ...planOf(), resources: [] }, planOf(group))).toMatchObject({ grade: "routine", dangers: [] });
});
