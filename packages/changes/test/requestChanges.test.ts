import { requestChanges } from "../src";
import { planOf, resource } from "../testing/plans";
import { environment, forwardTo, loadBalancer, only, route, rule, service, shifted, texts, weighted } from "./requests";

describe("a route that goes", () => {
  const web = route("/*", "web", 100);

  test("is answered by the service whose wider route catches it", () => {
    const change = only(environment(route("/api/*", "api", 10), web), environment(web));
    expect(change).toMatchObject({ text: "/api/*: api → web, caught by /*", effect: "moved", caughtBy: "/*", takenFromOwner: false });
  });

  test("is answered by nobody where no other fits", () => {
    const change = only(environment(route("/api/*", "api", 10), route("/admin/*", "admin", 20)), environment(route("/api/*", "api", 10)));
    expect(change).toMatchObject({ text: "/admin/*: admin → nobody (404)", effect: "unanswered" });
  });

  test("comes after one that nobody answers, in a list of both", () => {
    const before = environment(
      route("/api/*", "api", 10),
      rule("admin", { host: ["admin.example.com"], priority: 5, actions: forwardTo("admin") }),
      web,
    );
    const after = environment(rule("api", { path: ["/x/*"], priority: 10, actions: forwardTo("api") }));
    expect(texts(before, after)).toEqual([
      "admin.example.com/*: admin → nobody (404)",
      "/api/*: api → nobody (404)",
      "/*: web → nobody (404)",
      "admin.example.com/x/*: admin → api, caught by /x/*",
      "/x/*: web → api",
    ]);
  });

  test("that is narrower now leaves the rest of it to another", () => {
    expect(texts(environment(route("/api/*", "api", 10), web), environment(route("/api/v1/*", "api", 9), web))).toEqual([
      "/api/* except /api/v1/*: api → web, caught by /*",
    ]);
  });

  test("that is for one host now leaves the other hosts to another", () => {
    const narrow = rule("api", { host: ["api.example.com"], path: ["/api/*"], priority: 5, actions: forwardTo("api") });
    expect(texts(environment(route("/api/*", "api", 10), web), environment(narrow, web))).toEqual([
      "/api/* except api.example.com/api/*: api → web, caught by /*",
    ]);
  });

  test("was never asked where one with a smaller priority shadows it", () => {
    const before = environment(route("/*", "web", 5), route("/api/*", "api", 10));
    expect(requestChanges(before, environment(route("/*", "web", 5)))).toEqual([]);
  });

  test("and is another service's from now on says to which team it goes", () => {
    const teams = [...service("api", { owner: "shop" }), ...service("web", { owner: "front" })];
    const before = planOf(...loadBalancer(), ...teams, route("/api/*", "api", 10), web);
    const after = planOf(...loadBalancer(), ...teams, route("/api/*", "web", 10), web);
    expect(only(before, after)).toMatchObject({
      text: "/api/*: api (team shop) → web (team front)",
      takenFromOwner: true,
      from: { services: ["api"], owners: ["shop"] },
      to: { services: ["web"], owners: ["front"] },
    });
  });
});

describe("what changes no answer", () => {
  test.each([
    [
      "another name of a rule",
      [rule("a", { path: ["/api/*"], priority: 1, actions: forwardTo("api") })],
      [rule("b", { path: ["/api/*"], priority: 1, actions: forwardTo("api") })],
    ],
    [
      "another priority that nothing stands between",
      [route("/api/*", "api", 10), route("/*", "web", 90)],
      [route("/api/*", "api", 50), route("/*", "web", 90)],
    ],
    [
      "two rules in the place of one",
      [rule("a", { path: ["/a/*", "/b/*"], priority: 1, actions: forwardTo("api") })],
      [route("/a/*", "api", 1), route("/b/*", "api", 2)],
    ],
    [
      "a second target group of the same service",
      [route("/api/*", "api", 1)],
      [rule("api", { path: ["/api/*"], priority: 1, actions: shifted("api") })],
    ],
    [
      "weights between two of one service",
      [rule("api", { path: ["/*"], priority: 1, actions: shifted("api") })],
      [rule("api", { path: ["/*"], priority: 1, actions: shifted("api", [0, 100]) })],
    ],
  ])("%s", (_, before, after) => {
    expect(requestChanges(environment(...before), environment(...after))).toEqual([]);
  });

  test("a rule that Pulumi only forgets", () => {
    const kept = rule("api", { path: ["/api/*"], priority: 1, actions: forwardTo("api") }, { options: { retainOnDelete: true } });
    expect(requestChanges(environment(kept), environment())).toEqual([]);
  });

  test("actions of a rule that its program leaves to ECS", () => {
    const left = (actions: unknown) => rule("api", { path: ["/*"], priority: 1, actions }, { options: { ignoreChanges: ["actions"] } });
    expect(requestChanges(environment(left(shifted("api"))), environment(left(shifted("web"))))).toEqual([]);
  });

  test("a rule for testers, which the ECS service names", () => {
    const testRule = rule("api-test", {
      path: ["/*"],
      priority: 1,
      actions: shifted("api"),
      conditions: [{ httpHeader: { httpHeaderName: "x-test", values: ["true"] } }],
    });
    const advancedConfiguration = { testListenerRule: { $output: `${testRule.urn}#arn` } };
    const ecsService = resource("aws:ecs/service:Service", "api", { loadBalancers: [{ advancedConfiguration }] });
    const web = route("/*", "web", 9);
    expect(requestChanges(environment(web), environment(web, testRule, ecsService))).toEqual([]);
    expect(texts(environment(web), environment(web, testRule))).toEqual(["/* with the header x-test: web → api"]);
  });
});

describe("priorities", () => {
  test("alone decide between two that overlap", () => {
    const rules = (api: number, web: number) => environment(route("/api/*", "api", api), route("*.png", "web", web));
    expect(texts(rules(1, 2), rules(2, 1))).toEqual(["/api/* that is *.png too: api → web, caught by *.png"]);
  });

  test("known only after apply leave open who answers what both fit, and nothing else", () => {
    const unknown = { $output: "urn:pulumi:dev::shop::random:index/randomInteger:RandomInteger::p#result" };
    const before = environment(route("/api/*", "api", 1), route("/*", "web", 5));
    const after = environment(route("/api/*", "api", unknown), route("/*", "web", 5));
    expect(only(before, after)).toMatchObject({
      effect: "unknown",
      requests: "/api/*",
      text: "/api/*: api → can't tell (perhaps web or api): which of its rules comes first, or fits, is known only after apply",
    });
    expect(requestChanges(after, after)).toEqual([]);
  });
});

test("a service under another name is said to be the same", () => {
  const before = planOf(...loadBalancer(), ...service("api", { cpu: 256 }), route("/api/*", "api", 1));
  const after = planOf(...loadBalancer(), ...service("api-v2", { cpu: 256 }), route("/api/*", "api-v2", 1));
  expect(only(before, after)).toMatchObject({ effect: "renamed", text: "/api/*: api → api-v2, its new name" });
});

test("what a rule asks for beside host and path is named, and no value of a header", () => {
  const web = route("/*", "web", 90);
  const ruleFor = (condition: object) => rule("special", { priority: 1, conditions: [condition], actions: forwardTo("admin") });
  const lines = [
    { sourceIp: { values: ["10.0.0.0/8"] } },
    { httpRequestMethod: { values: ["POST", "PUT"] } },
    { queryStrings: [{ key: "v", value: "2" }] },
    { httpHeader: { httpHeaderName: "X-Key", values: ["hunter2"] } },
  ].flatMap((condition) => texts(environment(web), environment(web, ruleFor(condition))));
  expect(lines).toEqual([
    "/* from 10.0.0.0/8: web → admin",
    "/* by POST or PUT: web → admin",
    "/* with its query: web → admin",
    "/* with the header x-key: web → admin",
  ]);
});

test("weights of two services say how much goes where, and 0 is nobody", () => {
  const weighing = (weights: Record<string, number>) => environment(rule("all", { path: ["/*"], priority: 1, actions: weighted(weights) }));
  expect(texts(weighing({ web: 1, api: 0 }), weighing({ web: 3, api: 1 }))).toEqual(["/*: web → web 75 %, api 25 %"]);
  expect(texts(weighing({ web: 1, api: 0 }), weighing({ web: 5 }))).toEqual([]);
});

test("rules with more wildcards than can be compared leave it open, and only where something changes", () => {
  const rules = [..."abcdefghijklmno"].map((letter, index) => route(`*${letter}*`, "api", index + 1));
  expect(only(environment(...rules), environment(...rules.slice(1)))).toMatchObject({ effect: "unknown" });
  expect(requestChanges(environment(...rules), environment(...rules))).toEqual([]);
});

describe("values known only after apply", () => {
  const host = { $output: "urn:pulumi:dev::shop::aws:acm/certificate:Certificate::c#domainName" };
  const byHost = (values: unknown[], to: string) =>
    rule("host", { priority: 1, actions: forwardTo(to), conditions: [{ hostHeader: { values } }] });

  test("that both sides have are the same", () => {
    expect(requestChanges(environment(byHost([host], "api")), environment(byHost([host], "api")))).toEqual([]);
    expect(only(environment(byHost([host], "api")), environment(byHost([host], "web")))).toMatchObject({ effect: "moved" });
  });

  test("of a name that gets a rule of its own are that rule's, and not caught by it", () => {
    const before = environment(route("/api/*", "api", 10), route("/*", "web", 20));
    const beta = (name: string, priority: number) => rule("beta", { host: [name], priority, actions: forwardTo("admin") });
    const [change] = requestChanges(before, environment(route("/api/*", "api", 10), route("/*", "web", 20), beta("beta.example.com", 5)));
    expect(change).toMatchObject({ effect: "moved", text: "beta.example.com/api/*: api → admin" });
    expect(change).not.toHaveProperty("caughtBy");
    const were = (priority: number) => environment(route("/api/*", "api", 10), route("/*", "web", 20), beta("beta.example.com", priority));
    expect(only(were(15), were(5))).toMatchObject({ caughtBy: "beta.example.com/*" });
  });

  test("of a name that a rule asks for as well are that rule's", () => {
    const paths = [route("/api/*", "api", 10), route("/*", "web", 20)];
    const names = (...host: string[]) => environment(...paths, rule("old", { host, priority: 5, actions: forwardTo("admin") }));
    const [change] = requestChanges(names("old.example.com"), names("old.example.com", "older.example.com"));
    expect(change).toMatchObject({ effect: "moved", text: "older.example.com/api/*: api → admin" });
    expect(change).not.toHaveProperty("caughtBy");
  });

  test("are caught by what comes before them from now on", () => {
    const after = (priority: number) =>
      environment(byHost([host], "api"), rule("all", { path: ["/*"], priority, actions: forwardTo("web") }));
    const zero = environment(byHost([host], "api"), rule("all", { path: ["/*"], priority: 0, actions: forwardTo("web") }));
    expect(only(after(5), zero)).toMatchObject({ effect: "moved", caughtBy: "/*" });
  });

  test("that may be what the other side says in words leave it open", () => {
    const changes = requestChanges(environment(byHost(["api.example.com"], "api")), environment(byHost([host], "api")));
    expect(new Set(changes.map(({ effect }) => effect))).toEqual(new Set(["unknown"]));
  });
});
