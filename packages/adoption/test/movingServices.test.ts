import { rulePriorities } from "@fairlead/model";
import type { ServiceInAws } from "@fairlead/operations";

import { movingServices } from "../src/entry/movingServices";
import type { FoundRule } from "../src/found/listeners";

const arn = (name: string) => `arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/${name}/0123456789abcdef`;
const rule = (priority: number, more: Partial<FoundRule> = {}): FoundRule => ({
  ...{
    arn: `rule-${priority}`,
    priority,
    paths: ["/*"],
    hosts: [],
    asksMore: false,
    targetGroupArns: [arn("old")],
    before: [],
    sticky: false,
  },
  ...more,
});
const service = (...routes: ServiceInAws["routes"]) => ({ name: "web", routes }) as ServiceInAws;
const route = (path: string, more: { host?: string; priority?: number } = {}) => ({ host: undefined, priority: undefined, path, ...more });
const own = rulePriorities({ path: "/*" }).priority;
const problemsOf = (asked: ReturnType<typeof route>, ...rules: FoundRule[]) => movingServices([service(asked)], rules)[0]?.problems ?? [];

test("the target group of the first rule that takes all requests of the route is the former one", () => {
  const rules = [
    rule(own - 1, { paths: ["/admin"], targetGroupArns: [arn("admin")] }),
    rule(own + 2, { targetGroupArns: [arn("first")] }),
    rule(own + 3, { targetGroupArns: [arn("second")] }),
  ];
  expect(movingServices([service(route("/*"))], rules)).toEqual([{ name: "web", targetGroupArn: arn("first"), problems: [] }]);
});

test("the default rule answers what no other one takes", () => {
  const rules = [rule(Infinity, { paths: [], targetGroupArns: [arn("default")] })];
  expect(movingServices([service(route("/*"))], rules)).toMatchObject([{ targetGroupArn: arn("default"), problems: [] }]);
});

test("a rule of one host is not that of a route without: it takes some of its requests, and keeps them", () => {
  const rules = [
    rule(1, { paths: [], hosts: ["admin.example.com"], targetGroupArns: [arn("admin")] }),
    rule(Infinity, { paths: [], targetGroupArns: [arn("web")] }),
  ];
  expect(movingServices([service(route("/*"))], rules)).toEqual([{ name: "web", targetGroupArn: arn("web"), problems: [] }]);
});

test.each([
  ["another path", { paths: ["/api/*"] }],
  ["another host", { hosts: ["admin.example.com"] }],
  ["a redirect", { targetGroupArns: [] }],
])("a rule of %s is nobody's former one", (_, more) => {
  expect(
    movingServices([service(route("/*", { host: "shop.example.com" }))], [rule(2, more)]).map(({ targetGroupArn }) => targetGroupArn),
  ).not.toContain(arn("old"));
});

test.each([
  ["shop.example.com", "*.example.com", 1],
  ["SHOP.example.com", "shop.EXAMPLE.com", 1],
  ["*.example.com", "*.example.com", 1],
  ["*.example.com", "shop.example.com", 0],
  ["?.example.com", "*.example.com", 1],
  ["*.example.com", "?.example.com", 0],
])("all requests to %s come to a rule of %s: %s", (host, pattern, times) => {
  const found = movingServices([service(route("/*", { host }))], [rule(49_000, { hosts: [pattern] })]);
  expect(found.filter(({ targetGroupArn }) => targetGroupArn === arn("old"))).toHaveLength(times);
});

describe("the priority that a route needs", () => {
  test("is before the former rule, and after those that take only some of its requests", () => {
    expect(problemsOf(route("/*"), rule(5), rule(3, { paths: ["/admin/*"] }))).toEqual([
      expect.stringMatching(
        new RegExp(
          `would have priority ${own}, and that of 5 takes all its requests before\\. Give the route one between: priority: 4\\.$`,
        ),
      ),
    ]);
  });

  test("is told to be made room for, where the rules follow each other, as Copilot's do", () => {
    expect(problemsOf(route("/*"), rule(6), rule(5, { paths: ["/admin/*"] }))).toEqual([
      expect.stringMatching(/No number between 5 and 6 is free: give the rules from 6 on higher ones first/),
    ]);
    expect(problemsOf(route("/*"), rule(2))).toEqual([expect.stringMatching(/No number between 1 and 2 is free/)]);
  });

  test("is not before a narrower rule, whose requests it would take", () => {
    const narrower = rule(own + 10, { paths: ["/admin/*"], targetGroupArns: [arn("admin")] });
    expect(problemsOf(route("/*"), narrower, rule(own + 20))).toEqual([
      expect.stringMatching(new RegExp(`it would take requests of that of ${own + 10}, which take only some.*priority: ${own + 19}\\.$`)),
    ]);
    expect(problemsOf(route("/*"), { ...narrower, paths: ["/*"], asksMore: true }, rule(own + 20))).toHaveLength(1);
    expect(problemsOf(route("/api/*"), rule(49_999, { paths: ["/admin/*"] }))).toEqual([]);
  });

  test("is none that is taken, also by a rule that takes none of the requests", () => {
    expect(problemsOf(route("/*", { priority: 77 }), rule(77, { paths: ["/elsewhere"], hosts: ["x.example.com"] }))[0]).toMatch(
      /would have priority 77, and the listener has one of that/,
    );
  });
});

test("what the former rule does before it forwards is told: the service's own rule does not", () => {
  expect(problemsOf(route("/*"), rule(49_000, { before: ["authenticate-oidc"] }))).toEqual([
    expect.stringMatching(/authenticate-oidc before it forwards/),
  ]);
  expect(problemsOf(route("/*"), rule(49_000, { sticky: true }))).toEqual([expect.stringMatching(/keeps clients at one target group/)]);
});

test("routes that come to several target groups can't move by one entry", () => {
  const rules = [
    rule(48_990, { paths: ["/a/*"], targetGroupArns: [arn("a")] }),
    rule(48_991, { paths: ["/b/*"], targetGroupArns: [arn("b")] }),
  ];
  const [moving] = movingServices([service(route("/a/*"), route("/b/*"))], rules);
  expect(moving).toMatchObject({ targetGroupArn: undefined, problems: [expect.stringMatching(/come to 2 target groups/)] });
});
