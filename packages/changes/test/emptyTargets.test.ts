import { comparePlans, turnedToEmptyTargets } from "../src";
import { output, planOf, resource } from "./plans";

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
