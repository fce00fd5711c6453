import { comparePlans, restartedShifts, turnedToEmptyTargets } from "../src";
import { output, planOf, resource, urnOf } from "../testing/plans";

const targetGroup = "aws:lb/targetGroup:TargetGroup";
const rule = "aws:lb/listenerRule:ListenerRule";

/** A route that leads to one of some services with a target group. */
const plan = (to: string, services: readonly string[]) =>
  planOf(
    ...services.map((name) => resource(targetGroup, name, { port: 80 })),
    resource(rule, "shop", { priority: 2, actions: [{ type: "forward", targetGroupArn: output(targetGroup, to, "arn") }] }),
  );
const turned = (...plans: Parameters<typeof comparePlans>) => turnedToEmptyTargets(comparePlans(...plans)).map(({ name }) => name);

test("a rule that turns to a target group of the same change leads to nobody at first, and is told", () => {
  expect(turned(plan("api", ["api"]), plan("basket", ["basket"]))).toEqual(["shop"]);
});

test("a rule that turns to a service which answers already is not", () => {
  expect(turned(plan("api", ["api", "web"]), plan("web", ["api", "web"]))).toEqual([]);
});

test("a new rule is not: nobody was answered before it", () => {
  expect(turned(planOf(), plan("api", ["api"]))).toEqual([]);
});

describe("a rule whose traffic is shifted", () => {
  const groups = ["blue", "green"];
  const shifted = (name: string, change: { targetType?: string; listenerArn?: string; conditions?: object[] } = {}) => {
    const { targetType = "ip", ...inputs } = change;
    const targetGroups = groups.map((group) => ({ arn: output(targetGroup, group, "arn") }));
    const urns = groups.map((group) => urnOf(targetGroup, group));
    return planOf(
      ...groups.map((group) => resource(targetGroup, group, { targetType })),
      resource(
        rule,
        name,
        { actions: [{ type: "forward", forward: { targetGroups } }], ...inputs },
        { propertyDependencies: { actions: urns }, options: { ignoreChanges: ["actions"], replaceWith: urns } },
      ),
    );
  };
  const restarted = (...plans: Parameters<typeof comparePlans>) => restartedShifts(comparePlans(...plans)).map(({ name }) => name);

  test("begins anew at the first of its target groups where it is made or replaced beside them", () => {
    expect(restarted(shifted("http"), shifted("https"))).toEqual(["https"]);
    expect(restarted(shifted("http", { listenerArn: "a" }), shifted("http", { listenerArn: "b" }))).toEqual(["http"]);
  });

  test("does not where its target groups are as new as it is, or where only testers come", () => {
    expect(restarted(planOf(), shifted("http"))).toEqual([]);
    expect(restarted(shifted("http"), shifted("test", { conditions: [{ httpHeader: {} }] }))).toEqual([]);
    expect(restarted(shifted("http"), shifted("http", { conditions: [{ pathPattern: {} }] }))).toEqual([]);
  });

  test("is replaced with its target groups, whatever it ignores", () => {
    const changes = comparePlans(shifted("http"), shifted("http", { targetType: "instance" }));
    expect(changes.resources.map(({ name, operation }) => [name, operation]).slice(1)).toEqual([
      ["blue", "replace"],
      ["green", "replace"],
      ["http", "replace"],
    ]);
    expect(restartedShifts(changes)).toEqual([]);
  });
});
