import { comparePlans } from "@fairlead/changes";
import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { Plan, PlanResource } from "@fairlead/plan";

import { readersOf, type Danger } from "../src";
import { facts, of, service, types } from "./affectedServices";
import { told } from "./judged";

test("what stays affects nobody, and a stack that is new has nobody yet", () => {
  expect(facts(planOf(...service()), planOf(...service()))).toEqual([]);
  expect(facts({ ...planOf(), resources: [] }, planOf(...service()))).toEqual([]);
});

describe("a rollout", () => {
  const target = { healthCheck: { healthyThreshold: 2, interval: 15 }, deregistrationDelay: 30 };
  const rollout = (own: object, others?: PlanResource[]) =>
    of("rollout", { target, service: own, others }, { target, service: own, others, image: "2" })[0];

  test("takes what its tasks need to start, to be healthy and to drain", () => {
    expect(rollout({})).toMatchObject({
      of: "api",
      seconds: 120,
      tasks: 2,
      serving: 2,
      from: { untilHealthy: 30, draining: 30, waves: 1 },
    });
  });

  test("in waves where no task may start beside the old ones, with the fewer tasks that may be left", () => {
    const own = { desiredCount: 4, deploymentMinimumHealthyPercent: 50, deploymentMaximumPercent: 100 };
    expect(rollout(own)).toMatchObject({ seconds: 2 * 120, tasks: 4, serving: 2, from: { waves: 2 } });
    // ECS rounds up what must stay: 75 % of 3 tasks are all of them, so that it can't go on.
    expect(rollout({ ...own, desiredCount: 3, deploymentMinimumHealthyPercent: 75 })).toBeUndefined();
  });

  test("waits for its steps and bakes, with all tasks twice", () => {
    const deploymentConfiguration = { strategy: "CANARY", bakeTimeInMinutes: "15", canaryConfiguration: { canaryBakeTimeInMinutes: "10" } };
    expect(rollout({ deploymentConfiguration })).toMatchObject({ seconds: 120 + 25 * 60, serving: 2, from: { waiting: 25 * 60 } });
  });

  test("begins with the least that is scaled to, and is none without tasks", () => {
    const scaled = { minCapacity: 5, scalableDimension: "ecs:service:DesiredCount" };
    expect(rollout({}, [resource("aws:appautoscaling/target:Target", "api", scaled)])).toMatchObject({ tasks: 5 });
    expect(rollout({ desiredCount: 0 })).toBeUndefined();
  });
});

describe("dependents", () => {
  const caller = (calls: string[]) => service({ name: "web", spec: { calls } });

  test("are those who call what is exchanged", () => {
    const [before, after] = ["1", "2"].map((image) => planOf(...service({ image }), ...caller(["api"])));
    expect(facts(before!, after!).filter(({ kind }) => kind === "dependents")).toEqual([
      { kind: "dependents", of: "api", callers: ["web"], goes: false },
    ]);
  });

  test("are those who called what goes, and stay", () => {
    const before = planOf(...service(), ...caller(["api"]), ...service({ name: "gone", spec: { calls: ["api"] } }));
    expect(facts(before, planOf(...caller([])))).toContainEqual({ kind: "dependents", of: "api", callers: ["web"], goes: true });
  });
});

describe("a name that is found no more", () => {
  const namespace = resource("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace", "dev", { name: "dev.internal" });
  const found = (name: string) =>
    resource("aws:servicediscovery/service:Service", "api", { name, dnsConfig: { namespaceId: output(namespace.type, "dev", "id") } });
  const holder = service({ name: "web", environment: { API: "http://api.dev.internal:3000", OTHER: "http://my-api.dev.internal" } });
  const names = (before: string, after: string, dangers: Danger[] = [], users = holder) =>
    facts(
      planOf(namespace, ...service({ others: [found(before)] }), ...users),
      planOf(namespace, ...service({ others: [found(after)] }), ...users),
      dangers,
    ).filter(({ kind }) => kind === "name");
  const told = [{ severity: "interruption", title: "", forcedBy: [], text: "", urns: [found("api").urn] }] as Danger[];

  test("is told with what it becomes, who had it in a variable, and who has it still", () => {
    const expected = {
      of: "api",
      name: "api.dev.internal",
      by: "Cloud Map",
      now: "shop.dev.internal",
      users: ["web"],
      stillUsedBy: ["web"],
    };
    expect(names("api", "shop", told)).toEqual([{ kind: "name", ...expected }]);
    expect(names("api", "api")).toEqual([]);
    expect(names("shop", "api")).toMatchObject([{ name: "shop.dev.internal", users: [] }]);
  });

  test("is not told again where a danger says so and nobody has it", () => {
    expect(names("shop", "api", told)).toEqual([]);
  });

  test("may be one of Service Connect, or of Route 53", () => {
    const connect = (dnsName: string) => ({ serviceConnectConfiguration: { services: [{ clientAlias: [{ dnsName, port: 3000 }] }] } });
    expect(of("name", { service: connect("api") }, { service: connect("shop") })).toMatchObject([{ name: "api:3000", now: "shop:3000" }]);
    const record = (name: string) => planOf(...service(), resource("aws:route53/record:Record", "shop", { name, type: "A" }));
    expect(facts(record("shop.example.com"), record("store.example.com"))).toMatchObject([
      { kind: "name", of: "shop", by: "Route 53 A", name: "shop.example.com", now: "store.example.com" },
    ]);
  });
});

describe("jobs and the way back", () => {
  const run = (taskDefinitionArn: string) =>
    resource("pulumi-nodejs:dynamic:Resource", "migration", { name: "migration", timeoutMinutes: 10, taskDefinitionArn });
  const job = (revision: string) => service({ name: "migration", spec: { kind: "job", before: ["api"] }, others: [run(revision)] });

  test("a job that runs is told with who waits, and that what it does stays", () => {
    const plans = ["1", "2"].map((revision) => planOf(...service(), ...job(revision)));
    const [rollback, told] = facts(plans[0]!, plans[1]!);
    expect(told).toEqual({ kind: "job", of: "migration", before: ["api"], timeoutMinutes: 10 });
    expect(rollback).toEqual({ kind: "rollback", of: "dev", reasons: [{ what: "migration", why: "migrated" }] });
  });

  test("a schedule that no manifest has", () => {
    const schedule = (scheduleExpression: string, state = "ENABLED") =>
      planOf(...service(), resource("aws:scheduler/schedule:Schedule", "report", { scheduleExpression, state }));
    expect(facts(schedule("rate(1 hour)"), schedule("rate(2 hours)"))).toEqual([
      { kind: "job", of: "report", before: [], schedule: { before: "rate(1 hour)", after: "rate(2 hours)" } },
    ]);
    expect(facts(schedule("rate(1 hour)"), schedule("rate(1 hour)", "DISABLED"))).toMatchObject([{ schedule: { after: undefined } }]);
  });

  test.each([
    ["a queue that goes", [resource(types.queue, "old")], [], [{ what: "SQS queue old", why: "deleted" }]],
    [
      "a queue under another name",
      [resource(types.queue, "old", { name: "a" })],
      [resource(types.queue, "old", { name: "b" })],
      [{ what: "SQS queue old", why: "replaced" }],
    ],
    [
      "a new major version",
      [resource(types.cluster, "db", { engine: "aurora-postgresql", engineVersion: "16" })],
      [resource(types.cluster, "db", { engine: "aurora-postgresql", engineVersion: "17.2" })],
      [{ what: "database cluster db", why: "upgraded", detail: "16 → 17.2" }],
    ],
    [
      "a new major version of MySQL",
      [resource(types.cluster, "db", { engine: "mysql", engineVersion: "8.0" })],
      [resource(types.cluster, "db", { engine: "mysql", engineVersion: "8.4" })],
      [{ what: "database cluster db", why: "upgraded", detail: "8.0 → 8.4" }],
    ],
    [
      "another value of a secret",
      [resource("aws:secretsmanager/secretVersion:SecretVersion", "key", { secretString: "a" })],
      [resource("aws:secretsmanager/secretVersion:SecretVersion", "key", { secretString: "b" })],
      [{ what: expect.stringContaining("key") as string, why: "rotated" }],
    ],
  ])("%s can't be rolled back", (_, before, after, reasons) => {
    expect(facts(planOf(...service(), ...before), planOf(...service(), ...after))).toContainEqual({ kind: "rollback", of: "dev", reasons });
  });

  test.each([
    [
      "a version that is said in full",
      [resource(types.cluster, "db", { engine: "mysql", engineVersion: "8" })],
      [resource(types.cluster, "db", { engine: "mysql", engineVersion: "8.0" })],
    ],
    [
      "a minor version",
      [resource(types.cluster, "db", { engine: "aurora-postgresql", engineVersion: "16.1" })],
      [resource(types.cluster, "db", { engine: "aurora-postgresql", engineVersion: "16.4" })],
    ],
    ["logs that go", [resource("aws:cloudwatch/logGroup:LogGroup", "old")], []],
  ])("%s can", (_, before, after) => {
    expect(facts(planOf(...service(), ...before), planOf(...service(), ...after)).map(({ kind }) => kind)).not.toContain("rollback");
  });
});

test("an alarm that goes is a danger, and goes with the service that it watched", () => {
  const alarm = resource("aws:cloudwatch/metricAlarm:MetricAlarm", "api-cpu");
  expect(told(planOf(...service({ others: [alarm] })), planOf(...service()))).toEqual(["lessProtected: deletes alarm api-cpu"]);
});

describe("other stacks", () => {
  const read = (stack: string, output: string) => ({
    $output: `urn:pulumi:lookup::lookup::pulumi:pulumi:StackReference::${stack}#${output}`,
  });
  const reader = (stack: string, value: unknown): Plan => ({ ...planOf(resource(types.queue, "jobs", { name: value })), stack });
  const having = (outputs: Record<string, unknown>): Plan => ({ ...planOf(resource(types.queue, "jobs")), outputs });
  const readers = (before: Plan, after: Plan, ...others: Plan[]) => readersOf(comparePlans(before, after), others);

  test("that read outputs which change or go are told, by whichever name they call the stack", () => {
    const [before, after] = [having({ url: "a", keyArn: "b", same: "c" }), having({ url: "b", same: "c", more: "d" })];
    const others = [
      reader("payments", [read("acme/shop/dev", "url"), read("dev", "keyArn"), read("dev", "same"), read("dev", "more")]),
      reader("search", read("acme/other/dev", "url")),
      reader("prod", read("acme/shop/prod", "url")),
    ];
    expect(readers(before, after, ...others)).toEqual([{ kind: "outputs", of: "payments", outputs: ["keyArn", "url"], gone: ["keyArn"] }]);
    expect(readers(before, before, ...others)).toEqual([]);
  });

  test("read nothing else where a resource has another name in the program", () => {
    const plan = (name: string, aliases: string[] = []): Plan => ({
      ...planOf(resource(types.queue, name, { name: "jobs" }, { options: { aliases } })),
      outputs: { url: output(types.queue, name, "url") },
    });
    const renamed = plan("work", [resource(types.queue, "jobs").urn]);
    expect(readers(plan("jobs"), renamed, reader("payments", read("dev", "url")))).toEqual([]);
  });

  test("read what a replaced resource has, which is another value under the same text", () => {
    const plan = (name: string): Plan => ({
      ...planOf(resource(types.queue, "jobs", { name })),
      outputs: { url: output(types.queue, "jobs", "url") },
    });
    expect(readers(plan("a"), plan("b"), reader("payments", read("dev", "url")))).toMatchObject([{ outputs: ["url"], gone: [] }]);
  });
});
