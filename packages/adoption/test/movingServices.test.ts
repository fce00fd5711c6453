import { rulePriorities } from "@fairlead/model";
import type { ServiceInAws } from "@fairlead/operations";

import { movingServices } from "../src/entry/movingServices";
import type { FoundRule } from "../src/found/listeners";

const arn = (name: string) => `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/0123456789abcdef`;
const rule = (priority: number, more: Partial<FoundRule> = {}): FoundRule => ({
  ...{ arn: `rule-${priority}`, priority, paths: ["/*"], hosts: [], asksMore: false, targetGroupArns: [arn("old")] },
  ...more,
});
const service = (...routes: ServiceInAws["routes"]) => ({ name: "web", routes }) as ServiceInAws;
const route = (path: string, more: { host?: string; priority?: number } = {}) => ({ host: undefined, priority: undefined, path, ...more });
const own = rulePriorities({ path: "/*" }).priority;

test("the target group of the first rule that a request of the route comes to is the former one", () => {
  const rules = [
    rule(own + 1, { paths: ["/admin"], targetGroupArns: [arn("admin")] }),
    rule(own + 2, { targetGroupArns: [arn("first")] }),
    rule(own + 3, { targetGroupArns: [arn("second")] }),
  ];
  expect(movingServices([service(route("/*"))], rules)).toEqual([{ name: "web", targetGroupArn: arn("first"), problems: [] }]);
});

test("the default rule answers what no other one takes", () => {
  const rules = [rule(Infinity, { paths: [], targetGroupArns: [arn("default")] })];
  expect(movingServices([service(route("/*"))], rules)).toMatchObject([{ targetGroupArn: arn("default"), problems: [] }]);
});

test.each([
  ["another path", { paths: ["/api/*"] }],
  ["another host", { hosts: ["admin.example.com"] }],
  ["a header besides", { asksMore: true }],
  ["a redirect", { targetGroupArns: [] }],
])("a rule of %s is nobody's former one", (_, more) => {
  expect(movingServices([service(route("/*", { host: "shop.example.com" }))], [rule(49_000, more)])).toEqual([]);
});

test.each([
  ["shop.example.com", "*.example.com"],
  ["SHOP.example.com", "shop.EXAMPLE.com"],
  ["*.example.com", "*.example.com"],
])("requests to %s come to a rule of %s", (host, pattern) => {
  expect(movingServices([service(route("/*", { host }))], [rule(49_000, { hosts: [pattern] })])).toHaveLength(1);
});

test("a former rule that comes before the service's own would keep all requests, and a number before it is proposed", () => {
  const rules = [rule(5), rule(4, { paths: ["/x"] }), rule(10, { paths: ["/y"] })];
  const [moving] = movingServices([service(route("/*"))], rules);
  expect(moving!.problems).toEqual([
    expect.stringMatching(
      new RegExp(`would have priority ${own}, and one of 5 takes its requests before\\. Give the route one before: priority: 3\\.$`),
    ),
  ]);
  const nothingFree = movingServices([service(route("/*"))], [rule(1)]);
  expect(nothingFree[0]!.problems[0]).toMatch(/No number before it is free: give that rule a higher one first\.$/);
});

test("a priority that is taken is told, also where another's rule takes none of the requests", () => {
  const [moving] = movingServices([service(route("/*", { priority: 77 }))], [rule(77, { paths: ["/elsewhere"] })]);
  expect(moving).toEqual({ name: "web", targetGroupArn: undefined, problems: [expect.stringMatching(/has a rule of priority 77/)] });
});

test("routes that come to several target groups can't move by one entry", () => {
  const rules = [
    rule(48_990, { paths: ["/a/*"], targetGroupArns: [arn("a")] }),
    rule(48_991, { paths: ["/b/*"], targetGroupArns: [arn("b")] }),
  ];
  const [moving] = movingServices([service(route("/a/*"), route("/b/*"))], rules);
  expect(moving).toMatchObject({ targetGroupArn: undefined, problems: [expect.stringMatching(/come to 2 target groups/)] });
});
