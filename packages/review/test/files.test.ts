import { comparePlans } from "@fairlead/changes";
import { planOf, resource } from "@fairlead/changes/testing/plans";
import type { Plan } from "@fairlead/plan";

import { reviewOf, type Side } from "../src";

const judged = { evaluation: { findings: [], excepted: [], unused: [] }, mandatory: false };
const side = (besides: Record<string, unknown>, config: Record<string, string> = {}): Side => ({
  configured: { name: "shop", config, besides },
  judged,
});
const plan = planOf(resource("aws:s3/bucket:Bucket", "reports"));
const told = (was: Side, is: Side, before: Plan = plan, after: Plan = plan) =>
  reviewOf(comparePlans(before, after), was, is).dangers.map(({ severity, title }) => `${severity}: ${title}`);

describe("what no plan shows of a project's files is told", () => {
  const file = "Pulumi.dev.yaml";
  test.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ["nothing else", { "Pulumi.yaml runtime": "nodejs" }, { "Pulumi.yaml runtime": "nodejs" }, []],
    [
      "a runtime",
      { "Pulumi.yaml runtime": "nodejs" },
      { "Pulumi.yaml runtime": { name: "nodejs" } },
      ["unknown: changes runtime in Pulumi.yaml"],
    ],
    ["options", {}, { "Pulumi.yaml options": { refresh: "always" } }, ["unknown: changes options in Pulumi.yaml"]],
    ["a key that nobody knows", {}, { "Pulumi.yaml more": 1 }, ["unknown: changes more in Pulumi.yaml"]],
    [
      "values of an environment of Pulumi's",
      { [`${file} environment`]: { values: { a: 1 } } },
      { [`${file} environment`]: { values: { a: 2 } } },
      [`unknown: changes environment in ${file}`],
    ],
    [
      "another key of it",
      { [`${file} encryptedkey`]: "AQ" },
      { [`${file} encryptedkey`]: "AR" },
      [`unknown: changes encryptedkey in ${file}`],
    ],
    [
      "another major version of a provider",
      { "package-lock.json @pulumi/aws": 6, "package-lock.json @pulumi/awsx": 2, "package-lock.json @pulumi/gone": 1 },
      { "package-lock.json @pulumi/aws": 7, "package-lock.json @pulumi/awsx": 2, "package-lock.json @pulumi/random": 4 },
      ["unknown: takes version 7 of @pulumi/aws, before 6"],
    ],
  ])("%s", (_, was, is, expected) => expect(told(side(was), side(is))).toEqual(expected));

  test("what says where values come from, and by which key they are encrypted, once", () => {
    const of = (besides: Record<string, unknown>, others: Partial<Side["configured"]>): Side => ({
      judged,
      configured: { ...side(besides).configured, ...others },
    });
    const [was, is] = [
      of({ [`${file} encryptionsalt`]: "v1:a" }, {}),
      of(
        { [`${file} secretsprovider`]: "awskms://a", [`${file} encryptedkey`]: "AQ", [`${file} environment`]: ["shop/dev"] },
        { secretsProvider: "awskms://a", environments: ["shop/dev"] },
      ),
    ];
    expect(told(was!, is!)).toEqual(["interruption: encrypts secrets by another key", "unknown: takes configuration from shop/dev"]);
  });

  test("an order in which it comes earlier, not one in which it comes later", () => {
    const order = (...environments: string[]) => side({ "environments.json": environments });
    expect(told(order("trial", "dev"), order("dev", "trial"))).toEqual(["lessProtected: is brought out before trial"]);
    expect(told(order("dev", "trial"), order("trial", "dev"))).toEqual([]);
    expect(told(order("trial", "dev"), order("dev"))).toEqual([]);
  });

  test("sources that need no commit any more", () => {
    const sources = (value?: string) => side({}, value === undefined ? {} : { "shop:uncommittedSources": value });
    for (const is of ["build", undefined])
      expect(told(sources("refuse"), sources(is))).toEqual(["lessProtected: lets images be built from uncommitted sources"]);
    expect(told(sources(), sources("refuse"))).toEqual([]);
  });

  test("not where the stack is new", () => {
    expect(told(side({}), side({ "Pulumi.yaml options": {} }), planOf(), plan)).toContain("unknown: changes options in Pulumi.yaml");
    expect(told(side({}), side({ "Pulumi.yaml options": {} }), { ...plan, resources: [] })).toEqual([]);
  });
});

test.each<[string, Record<string, unknown> | undefined, Record<string, unknown> | undefined, string[]]>([
  ["go", { requireOwner: true, maxCpu: 1024 }, undefined, ["lessProtected: loosens the guard rails: requireOwner, maxCpu"]],
  ["let more through", { maxCpu: 1024, maxCount: 5 }, { maxCpu: 2048, maxCount: 5 }, ["lessProtected: loosens the guard rails: maxCpu"]],
  ["ask for fewer tags", { requiredTags: ["a", "b"] }, { requiredTags: ["b"] }, ["lessProtected: loosens the guard rails: requiredTags"]],
  ["get stricter", { maxCpu: 1024, requireOwner: false }, { maxCpu: 512, requireOwner: true, maxCount: 2, requiredTags: ["a"] }, []],
])("guard rails that %s", (_, before, after, expected) => {
  expect(told(side({}), side({}), { ...plan, guardRails: before }, { ...plan, guardRails: after })).toEqual(expected);
});
