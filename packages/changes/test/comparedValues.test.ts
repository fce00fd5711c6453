import type { Plan } from "@fairlead/plan";

import { comparePlans } from "../src";
import { operations } from "../testing/operations";
import { planOf, resource } from "../testing/plans";

const task = "aws:ecs/taskDefinition:TaskDefinition";
const service = "aws:ecs/service:Service";

describe("an order", () => {
  const pipeline = (...names: string[]) =>
    planOf(resource("aws:codepipeline/pipeline:Pipeline", "tool", { stages: names.map((name) => ({ name, actions: [{ name }] })) }));
  const differing = (before: Plan, after: Plan) => comparePlans(before, after).resources[1]!.properties;

  test("of named things is told where it matters, also of names that are numbers", () => {
    expect(differing(pipeline("test", "deploy"), pipeline("deploy", "test"))).toMatchObject([
      { path: "stages", before: ["test", "deploy"], after: ["deploy", "test"] },
    ]);
    expect(operations(pipeline("2", "1"), pipeline("1", "2"))).toEqual(["update tool stages"]);
    expect(differing(pipeline("test", "deploy"), pipeline("build", "test", "deploy")).map(({ path }) => path)).toEqual(["stages.build"]);
  });

  test("of a container's variables and of sets says nothing, beside what does", () => {
    const definition = (...names: string[]) =>
      planOf(
        resource(task, "api", {
          containerDefinitions: JSON.stringify([{ name: "api", environment: names.map((name) => ({ name, value: name })) }]),
        }),
      );
    expect(operations(definition("A", "B"), definition("B", "A"))).toEqual([]);
    const group = (...ports: number[]) =>
      planOf(
        resource("aws:ec2/securityGroup:SecurityGroup", "api", {
          ingress: ports.map((fromPort) => ({ protocol: "tcp", fromPort, toPort: 443 })),
        }),
      );
    expect(operations(group(1, 2, 3), group(3, 1, 2))).toEqual([]);
    expect(differing(group(1, 2, 3), group(3, 9, 1)).map(({ path, before, after }) => [path, before, after])).toEqual([
      ["ingress.1.fromPort", 2, 9],
    ]);
  });
});

test("ignoreChanges is ignored, replaceOnChanges replaces", () => {
  const plan = (count: number, options: object) => planOf(resource(service, "api", { desiredCount: count }, { options }));
  expect(operations(plan(1, {}), plan(2, { ignoreChanges: ["desiredCount"] }))).toEqual([]);
  expect(operations(plan(1, {}), plan(2, { replaceOnChanges: ["desiredCount"] }))).toEqual(["replace api desiredCount"]);
});

test.each<[string, string[], string[]]>([
  ["by place", ["rules[0].expiration"], ["rules.1.expiration.days", "tags.a.b", "stages.b.x"]],
  ["by a quoted key", ['tags["a.b"]'], ["rules.0.expiration.days", "rules.1.expiration.days", "stages.b.x"]],
  ["by the place of something named", ["stages[0]"], ["rules.0.expiration.days", "rules.1.expiration.days", "tags.a.b"]],
  ["at every place", ["rules[*].expiration", "tags"], ["stages.b.x"]],
  ["deeper than what differs", ["rules[0].expiration.days.more", "stages", "tags", "rules[1]"], ["rules.0.expiration.days"]],
  ["all of it", ["*"], []],
])("what is ignored %s is", (_, ignoreChanges, left) => {
  const plan = (value: number, options = {}) =>
    planOf(
      resource(
        "aws:x/y:Z",
        "api",
        {
          rules: [{ expiration: { days: value } }, { expiration: { days: value } }],
          tags: { "a.b": value },
          stages: [{ name: "b", x: value, y: 1 }],
        },
        { options },
      ),
    );
  expect(comparePlans(plan(1), plan(2, { ignoreChanges })).resources[1]!.properties.map(({ path }) => path)).toEqual(left);
});
