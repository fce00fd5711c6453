import { bySeverity, comparePlans, consequenceOf, impliedDeletions, nounOf, type Severity } from "../src";
import { planOf, resource, urnOf } from "../testing/plans";

const database = "aws:rds/cluster:Cluster";
const repository = "aws:ecr/repository:Repository";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

const after = (operation: "replace" | "delete", type: string, inputs: Record<string, unknown> = {}, options: object = {}) =>
  consequenceOf({ type, operation, before: resource(type, "x", inputs, { options }), properties: [] });

test("a replaced repository that is retained stays with its images; one that is not loses them", () => {
  expect(after("replace", repository, {}, { retainOnDelete: true })).toEqual({
    severity: "routine",
    text: expect.stringMatching(/^A new one is made\. Pulumi forgets the old one; it stays as it is\. .*images stay in it/),
  });
  expect(after("replace", repository)).toMatchObject({ severity: "dataLoss", text: expect.stringMatching(/images are deleted/) });
});

describe("what follows from a deletion", () => {
  test.each([
    { type: database, inputs: {}, options: {}, severity: "dataLoss", text: /The database goes/ },
    { type: database, inputs: { deletionProtection: true }, options: {}, severity: "dataLoss", text: /AWS refuses to delete it/ },
    { type: database, inputs: {}, options: { protect: true }, severity: "dataLoss", text: /The database goes.*protected: `up` refuses/ },
    {
      type: database,
      inputs: {},
      options: { protect: true, retainOnDelete: true },
      severity: "interruption",
      text: /stays as it is\. It is protected/,
    },
    {
      type: database,
      inputs: { deletionProtection: true },
      options: { protect: true },
      severity: "dataLoss",
      text: /at AWS as well: `up` refuses/,
    },
    { type: database, inputs: {}, options: { retainOnDelete: true }, severity: "routine", text: /stays as it is/ },
    {
      type: repository,
      inputs: {},
      options: { retainOnDelete: true },
      severity: "routine",
      text: /images stay in it .*importRepositories/,
    },
    { type: repository, inputs: { forceDelete: true }, options: {}, severity: "dataLoss", text: /images are deleted/ },
    { type: repository, inputs: {}, options: {}, severity: "interruption", text: /AWS refuses while there are images/ },
    { type: "aws:secretsmanager/secret:Secret", inputs: {}, options: {}, severity: "dataLoss", text: /recovery window/ },
    { type: alarm, inputs: {}, options: {}, severity: "lessProtected", text: /told any more/ },
  ])("of $type with $inputs and $options is $severity", ({ type, inputs, options, severity, text }) => {
    const consequence = after("delete", type, inputs, options);
    expect(consequence?.severity).toBe(severity);
    expect(consequence?.text).toMatch(text);
  });
});

test("a replacement is refused where the resource is protected and stays so", () => {
  const text = (...protect: boolean[]) => {
    const [before, now] = protect.map((is) => resource(database, "x", {}, { options: is ? { protect: true } : {} }));
    const { severity, text: told } = consequenceOf({ type: database, operation: "replace", before, after: now, properties: [] })!;
    expect(severity).toBe("dataLoss");
    return told;
  };
  expect(text(true, true)).toContain("`up` refuses");
  for (const protect of [
    [true, false],
    [false, true],
    [false, false],
  ])
    expect(text(...protect)).not.toContain("`up` refuses");
});

describe("what nobody wrote a sheet of", () => {
  test.each([
    { operation: "replace", type: "aws:batch/jobQueue:JobQueue", what: "replacement" },
    { operation: "delete", type: "aws:batch/jobQueue:JobQueue", what: "deletion" },
    { operation: "delete", type: "random:index/randomPassword:RandomPassword", what: "deletion" },
  ] as const)("is not called harmless when there is a $what of $type", ({ operation, type, what }) => {
    const consequence = after(operation, type);
    expect(consequence?.severity).toBe("unknown");
    expect(consequence?.text).toContain(what);
  });

  test("is a dynamic resource that is no job of ours", () => {
    const type = "pulumi-nodejs:dynamic:Resource";
    expect(after("delete", type, { table: "people" })?.severity).toBe("unknown");
    expect(after("delete", type, { taskDefinitionArn: "arn:aws:ecs:…" })?.severity).toBe("routine");
  });

  test("is told with what AWS will do, where that is known", () => {
    for (const inputs of [{ deletionProtection: true }, { deletionProtection: "ACTIVE" }, { enableDeletionProtection: true }]) {
      expect(after("delete", "aws:lex/bot:Bot", inputs)?.text).toMatch(/AWS refuses/);
    }
    expect(after("delete", "aws:lex/bot:Bot", { deletionProtection: "INACTIVE" })?.text).not.toMatch(/AWS refuses/);
  });

  test("is none of Pulumi's own", () => {
    expect(after("delete", "pulumi:providers:aws")?.severity).toBe("routine");
  });
});

test("what nobody can tell comes before what is routine, and after what is known to hurt", () => {
  const severities: Severity[] = ["routine", "lessProtected", "dataLoss", "unknown", "interruption"];
  const sorted = severities.map((severity) => ({ severity, text: "" })).sort(bySeverity);
  expect(sorted.map(({ severity }) => severity)).toEqual(["dataLoss", "interruption", "lessProtected", "unknown", "routine"]);
});

describe("an update", () => {
  const updated = (type: string, before: Record<string, unknown>, inputs: Record<string, unknown>) => {
    const { resources } = comparePlans(planOf(resource(type, "x", before)), planOf(resource(type, "x", inputs)));
    expect(resources[1]!.operation).toBe("update");
    return consequenceOf(resources[1]!);
  };

  test("may be a replacement where the provider was not asked of an argument", () => {
    const consequence = updated("aws:s3/bucket:Bucket", {}, { bucketNamespace: "account-regional" });
    expect(consequence?.severity).toBe("unknown");
    expect(consequence?.text).toMatch(
      /^Nobody asked the provider whether another bucketNamespace replaces it; .* If so: A new, empty bucket/,
    );
  });

  test("may be a replacement where nobody described the type", () => {
    const consequence = updated("aws:batch/jobQueue:JobQueue", { a: { b: 1, c: 1 }, d: 1 }, { a: { b: 2, c: 2 }, d: 2 });
    expect(consequence).toEqual({
      severity: "unknown",
      text: "Nobody asked the provider whether another a or d replaces it; the engine's preview does.",
    });
  });

  test("may be a replacement of a dynamic resource that is no job of ours", () => {
    expect(updated("pulumi-nodejs:dynamic:Resource", { table: "a" }, { table: "b" })?.severity).toBe("unknown");
  });

  test("is harmless where the provider updates in place, also with what is known only after apply", () => {
    expect(updated(database, { backupRetentionPeriod: 7 }, { backupRetentionPeriod: 14 })).toBeUndefined();
    const value = { $output: `${urnOf("aws:kms/key:Key", "k")}#arn` };
    expect(updated(database, { performanceInsightsKmsKeyId: "a" }, { performanceInsightsKmsKeyId: value })).toBeUndefined();
  });

  test("of the capacity of a service is none: release 6 of the provider updates it, where release 5 replaced it", () => {
    const on = (capacityProvider: string) => ({ capacityProviderStrategies: [{ capacityProvider }] });
    expect(updated("aws:ecs/service:Service", on("FARGATE"), on("FARGATE_SPOT"))).toBeUndefined();
  });

  describe("of a listener rule", () => {
    const rule = "aws:lb/listenerRule:ListenerRule";
    const shifted = {
      actions: [
        {
          type: "forward",
          forward: {
            targetGroups: [
              { arn: "blue", weight: 100 },
              { arn: "green", weight: 0 },
            ],
          },
        },
      ],
    };
    const to = (targetGroupArn: string) => ({ actions: [{ type: "forward", targetGroupArn }] });

    test("that ends the shifts of traffic may take away the target group where traffic is", () => {
      const consequence = updated(rule, shifted, to("blue"));
      expect(consequence?.severity).toBe("interruption");
      expect(consequence?.text).toMatch(/If traffic is there, requests are answered 503 .* In two steps there is no gap/);
    });

    test("that ends them after the traffic was brought back takes nothing away", () => {
      const before = resource(rule, "x", shifted);
      const after = { ...resource(rule, "x", to("blue")), dependencies: ["urn:…$pulumi-nodejs:dynamic/fairlead:ReturnedTraffic::api"] };
      const [, change] = comparePlans(planOf(before), planOf(after)).resources;
      expect(consequenceOf(change!)).toMatchObject({
        severity: "routine",
        text: expect.stringContaining("`up` brings it back first") as string,
      });
    });

    test("that leads elsewhere is harmless, and so is one that begins to shift", () => {
      expect(updated(rule, to("blue"), to("other"))).toBeUndefined();
      expect(updated(rule, to("blue"), shifted)).toBeUndefined();
    });
  });

  test("is harmless where a replacement would be as well", () => {
    expect(updated(alarm, { evaluationInterval: 60 }, { evaluationInterval: 30 })).toBeUndefined();
    expect(updated("pulumi:providers:aws", { maxRetries: 1 }, { maxRetries: 2 })).toBeUndefined();
  });
});

test.each([
  ["aws:lb/targetGroup:TargetGroup", "target group"],
  ["aws:batch/jobQueue:JobQueue", "batch JobQueue"],
  ["random:index/randomPassword:RandomPassword", "RandomPassword"],
  ["pulumi-nodejs:dynamic/shop:Migration", "Migration"],
])("people call %s %s", (type, noun) => expect(nounOf(type)).toBe(noun));

describe("a part of what goes as well", () => {
  const group = "aws:ec2/securityGroup:SecurityGroup";
  const rule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
  const dependsOnGroup = { propertyDependencies: { securityGroupId: [urnOf(group, "api")] } };
  const implied = (options: { group?: object; rule?: object }, ...kept: ReturnType<typeof resource>[]) => {
    const before = planOf(
      resource(group, "api", {}, { options: options.group ?? {} }),
      resource(rule, "api-web", {}, { ...dependsOnGroup, options: options.rule ?? {} }),
    );
    return [...impliedDeletions(comparePlans(before, planOf(...kept)))];
  };

  test("says nothing more", () => expect(implied({})).toEqual([urnOf(rule, "api-web")]));
  test("is told where the whole stays", () => {
    expect(implied({}, resource(group, "api"))).toEqual([]);
    expect(implied({ group: { retainOnDelete: true } })).toEqual([]);
  });
  test("is told where its protection makes `up` fail", () => expect(implied({ rule: { protect: true } })).toEqual([]));
});

describe("a deleted resource that the same change makes anew under another name", () => {
  const opening = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
  const block = { cidrIpv4: "10.0.0.0/8", ipProtocol: "tcp" };
  const port = (fromPort: number, others: object = {}) => ({ fromPort, toPort: fromPort, securityGroupId: "a", ...others });

  const component = (type: string) => resource(type, "api", {}, { custom: false });
  const implied = (type: string, former: object, now: object) => {
    const parent = { parent: urnOf(type, "api") };
    const of = (name: string, inputs: object) =>
      planOf(component(type), resource(opening, name, inputs as Record<string, unknown>, parent));
    return [...impliedDeletions(comparePlans(of("old", former), of("new", now)))].length > 0;
  };

  test.each([
    ["by a component of ours, on another port", "fairlead:stacks:Service", port(80), port(81), true],
    ["for another group", "fairlead:stacks:Service", port(80), port(81, { securityGroupId: "b" }), false],
    ["by somebody's own, on another port", "acme:platform:Tool", port(80), port(81), false],
    ["by somebody's own, for more ports", "acme:platform:Tool", { ...port(80), ...block }, { ...port(80), toPort: 90, ...block }, true],
  ] as const)("%s", (_, type, former, now, expected) => expect(implied(type, former, now)).toBe(expected));

  test("is told where another component makes it", () => {
    const other = resource(opening, "new", port(81), { parent: urnOf("fairlead:stacks:Service", "basket") });
    expect([...impliedDeletions(comparePlans(planOf(resource(opening, "old", port(80))), planOf(other)))]).toEqual([]);
  });
});
