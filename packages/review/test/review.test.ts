import { output, planOf, resource, urnOf } from "@fairlead/changes/testing/plans";
import type { Plan, PlanResource } from "@fairlead/plan";

import { review, side, told } from "./judged";

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

  const roles = (role: object) => side({ "aws:assumeRoles": JSON.stringify([{ roleArn: `arn:aws:iam::${one}:role/deploy`, ...role }]) });
  test.each([
    ["its session's name", roles({ sessionName: "shop" }), "routine", []],
    ["another role of the account", roles({ roleArn: `arn:aws:iam::${one}:role/b` }), "look", ["lessProtected: changes aws:assumeRoles"]],
    ["a role of another account", roles({ roleArn: `arn:aws:iam::${two}:role/deploy` }), "stop", ["elsewhere: changes aws:assumeRoles"]],
    ["how often it tries", side({ ...roles({}).configured.config, "aws:maxRetries": "50" }), "routine", []],
  ])("a role that deploys: %s", (_, is, grade, expected) => {
    expect(review(same, same, roles({}), is).grade).toBe(grade);
    expect(told(same, same, roles({}), is)).toEqual(expected);
  });

  test("other credentials, of which another account's are refused", () => {
    const pinned = (more: Record<string, string>) => side({ "aws:allowedAccountIds": `["${one}"]`, ...more });
    const moved = (more: Record<string, string>) => review(same, same, pinned({}), pinned(more)).grade;
    expect(moved({ "aws:profile": "deploy" })).toBe("look");
    expect(moved({ "aws:endpoints": '[{"s3":"https://example.com"}]' })).toBe("stop");
    expect(review(same, same, side(), side({ "aws:profile": "deploy" })).grade).toBe("stop");
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

describe("outputs", () => {
  const withOutputs = (plan: Plan, outputs: Plan["outputs"]): Plan => ({ ...plan, outputs });
  test("that go or say something else are told, and new ones are not", () => {
    const [was, is] = [
      { url: "https://a", gone: 1, same: [1], images: { api: "a" } },
      { url: "https://b", same: [1], more: 2, images: { api: "b" } },
    ].map((outputs) => withOutputs(same, outputs));
    expect(told(was!, is!)).toEqual(["interruption: no longer has the output gone", "unknown: has another value as output url"]);
  });

  test("that refer to the same resource under another name are the same", () => {
    const queue = "aws:sqs/queue:Queue";
    const plan = (name: string, options = {}) =>
      withOutputs(planOf(resource(queue, name, { name: "jobs" }, { options })), { arn: output(queue, name, "arn") });
    expect(told(plan("old"), plan("new", { aliases: [{ name: "old" }] }))).toEqual([]);
  });
});

describe("an order that goes", () => {
  const [schemaType, toolType] = ["aws:ssm/parameter:Parameter", "aws:sqs/queue:Queue"];
  const [schema, between] = [urnOf(schemaType, "schema"), urnOf(schemaType, "between")];
  const plan = (dependencies: string[], others: Partial<PlanResource> = {}) =>
    planOf(
      resource(schemaType, "schema", { value: "7" }),
      resource(schemaType, "between", { value: "8" }, { dependencies: [schema] }),
      resource(toolType, "tool", {}, { dependencies, ...others }),
    );

  test("is told, unless something between keeps it", () => {
    expect(told(plan([schema]), plan([]))).toEqual(["unknown: no longer waits for schema: SQS queue tool"]);
    expect(told(plan([schema]), plan([between]))).toEqual([]);
    expect(told(plan([]), plan([schema]))).toEqual([]);
  });

  test("is not, where an argument made it, the other one goes as well, or a component of ours decides it", () => {
    expect(told(plan([schema], { propertyDependencies: { tags: [schema] } }), plan([]))).toEqual([]);
    const alone = planOf(resource(schemaType, "between", { value: "8" }), resource(toolType, "tool", {}));
    expect(told(plan([schema]), alone).filter((text) => text.includes("no longer waits"))).toEqual([]);
    const component = resource("fairlead:stacks:Service", "api", {}, { custom: false });
    const ours = (dependencies: string[]) => {
      const { resources, ...rest } = plan(dependencies, { parent: component.urn });
      return { ...rest, resources: [...resources.slice(0, 1), component, ...resources.slice(1)] };
    };
    expect(told(ours([schema]), ours([]))).toEqual([]);
  });
});

describe("secrets", () => {
  const type = "aws:rds/cluster:Cluster";
  const [one, other] = ["[secret 00000000000000aa]", "[secret 00000000000000bb]"];
  const cluster = (masterPassword: string, more = {}) =>
    planOf(resource(type, "db", { engine: "aurora-postgresql", masterPassword, ...more }));

  test("that differ are told, and those that don't are not", () => {
    expect(review(cluster(one), cluster(one)).grade).toBe("nothing");
    expect(told(cluster(one), cluster(other))).toEqual(["unknown: changes masterPassword of database cluster db"]);
  });

  test("hide nothing beside them", () => {
    const origins = (value: string, domainName: string) =>
      planOf(
        resource("aws:cloudfront/distribution:Distribution", "edge", {
          enabled: true,
          origins: [{ originId: "a", domainName, customHeaders: [{ name: "key", value }] }],
        }),
      );
    const change = told(origins(one, "a.example.com"), origins(one, "b.example.com"));
    expect(change).toEqual(told(origins("x", "a.example.com"), origins("x", "b.example.com")));
    expect(change).not.toEqual([]);
  });

  test("that nobody compared are told once, with where they are", () => {
    expect(told(cluster("[secret]"), cluster("[secret]"))).toEqual([
      "unknown: has secrets that could not be compared: masterPassword of database cluster db",
    ]);
    const plan = cluster("[secret]");
    expect(told(plan, plan)).toEqual([]);
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
      ["interruption: lets through less by in"],
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

  const may = (action: string | string[], on = "*") => JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: on }] });
  const own = (policy: string) => resource("aws:iam/rolePolicy:RolePolicy", "api", { policy, role: "api" });
  test.each<[string, string, string, string[]]>([
    ["that allows everything", may("s3:GetObject"), may("*"), ["opened"]],
    ["that allows another thing", may("s3:GetObject", "arn:a"), may("s3:PutObject", "arn:a"), ["interruption"]],
    ["that allows one more thing", may("s3:GetObject", "arn:a"), may(["s3:GetObject", "s3:PutObject"], "arn:a"), ["lessProtected"]],
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
