import { referencesIn, type Plan } from "@fairlead/plan";

import { requestChanges } from "../src";
import { planOf, resource } from "./plans";
import {
  environment,
  forwardTo,
  loadBalancer,
  notFound,
  only,
  route,
  rule,
  service,
  shifted,
  texts,
  toHttps,
  types,
  weighted,
} from "./requests";

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

describe("listeners", () => {
  const services = [...service("api"), ...service("web")];
  const routes = (port: number) => [route("/api/*", "api", 1, `shop-${port}`), route("/*", "web", 5, `shop-${port}`)];

  test("rules that move from 80 to 443 leave a redirect behind, which leads to the same", () => {
    const before = planOf(...loadBalancer({ 80: notFound }), ...services, ...routes(80));
    const after = planOf(...loadBalancer({ 80: toHttps, 443: notFound }), ...services, ...routes(443));
    expect(texts(before, after)).toEqual([
      "everything else on port 80: answered directly → a redirect to HTTPS, port 443",
      "/api/* on port 443: nobody (connections are refused) → api",
      "/* on port 443: nobody (connections are refused) → web",
    ]);
  });

  test("a route behind a redirect is told once", () => {
    const ports = { 80: toHttps, 443: notFound };
    const before = planOf(...loadBalancer(ports), ...services, ...routes(443));
    const after = planOf(...loadBalancer(ports), ...services, ...routes(443).slice(0, 1));
    expect(texts(before, after)).toEqual(["/*: web → nobody (404)"]);
  });

  test("a load balancer that goes answers nothing any more, and a new one is asked by nobody yet", () => {
    const all = planOf(...loadBalancer(), ...services, ...routes(80));
    const none = planOf(...services);
    expect(texts(all, none)).toEqual(["/api/*: api → nobody (connections are refused)", "/*: web → nobody (connections are refused)"]);
    expect(requestChanges(none, all)).toEqual([]);
  });

  test("a port of a network load balancer", () => {
    const tcp = (to: string) => [
      resource(types.loadBalancer, "tcp", { loadBalancerType: "network" }),
      resource(types.listener, "tcp-5432", {
        loadBalancerArn: { $output: `${resource(types.loadBalancer, "tcp").urn}#arn` },
        port: 5432,
        protocol: "TCP",
        defaultActions: forwardTo(to),
      }),
    ];
    expect(texts(planOf(...services, ...tcp("api")), planOf(...services, ...tcp("web")))).toEqual(["TCP on port 5432: api → web"]);
  });

  test("of others can have rules that nobody sees here", () => {
    const arn = "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2";
    const own = (to: string) =>
      resource(types.rule, "api", {
        listenerArn: arn,
        priority: 1,
        conditions: [{ pathPattern: { values: ["/api/*"] } }],
        actions: forwardTo(to),
      });
    expect(requestChanges(planOf(...services, own("api")), planOf(...services))).toMatchObject([{ effect: "unknown", requests: "/api/*" }]);
    expect(requestChanges(planOf(...services, own("api")), planOf(...services, own("api")))).toEqual([]);
  });
});

describe("a distribution", () => {
  const edge = (behaviors: [pathPattern: string, origin: string][], aliases = ["shop.example.com"], origin = "origin.example.com") =>
    planOf(
      resource("aws:cloudfront/distribution:Distribution", "shop", {
        enabled: true,
        aliases,
        origins: [
          { originId: "app", domainName: origin },
          { originId: "files", domainName: { $output: `${resource("aws:s3/bucket:Bucket", "assets").urn}#bucketRegionalDomainName` } },
        ],
        orderedCacheBehaviors: behaviors.map(([pathPattern, targetOriginId]) => ({ pathPattern, targetOriginId })),
        defaultCacheBehavior: { targetOriginId: "app" },
      }),
    );

  test("that leads a path elsewhere says so, for each of its names", () => {
    expect(texts(edge([["static/*", "files"]]), edge([]))).toEqual([
      "shop.example.com/static/* at shop: origin assets → origin origin.example.com, caught by shop.example.com/*",
      "*.cloudfront.net/static/* at shop: origin assets → origin origin.example.com, caught by *.cloudfront.net/*",
    ]);
    expect(requestChanges(edge([["static/*", "files"]]), edge([["/static/*", "files"]]))).toEqual([]);
  });

  test("that loses a name answers nobody who asks for it, and gets another without taking its own away", () => {
    const [one, two] = [edge([], ["a.example.com"]), edge([], ["a.example.com", "b.example.com"])];
    expect(texts(two, one)).toEqual(["b.example.com/* at shop: origin origin.example.com → nobody (403)"]);
    expect(texts(edge([], []), one)).toEqual(["a.example.com/* at shop: nobody (403) → origin origin.example.com"]);
  });

  test("asks its behaviors in their order", () => {
    const [there, back] = [
      edge([
        ["*.png", "files"],
        ["/api/*", "app"],
      ]),
      edge([
        ["/api/*", "app"],
        ["*.png", "files"],
      ]),
    ];
    expect(texts(there, back)[0]).toMatch(
      /^shop\.example\.com\/api\/\* that is \*\.png too at shop: origin assets → origin origin\.example\.com/,
    );
  });
});

describe("the engine's preview, which has ARNs where the program has references", () => {
  const arnOf = (urn: string) => {
    const name = urn.split("::").at(-1)!;
    const kind = urn.includes("TargetGroup")
      ? `targetgroup/${name}-1f2e3d4`
      : urn.includes("ListenerRule")
        ? "listener-rule/app/shop/1/2"
        : "x/app/shop/1";
    return `arn:aws:elasticloadbalancing:us-east-1:111122223333:${kind}/9f8e7d6c`;
  };
  const applied = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value).replace(/\{"\$output":"([^"#]+)#[^"]+"\}/g, (_, urn: string) => JSON.stringify(arnOf(urn))));
  const asEngine = (plan: Plan): Plan => ({
    ...plan,
    resources: plan.resources.map((each) => ({
      ...each,
      inputs: { ...(applied(each.inputs) as object), ...(each.type === types.targetGroup && { name: `${each.name}-1f2e3d4` }) },
      propertyDependencies: Object.fromEntries(
        Object.entries(each.inputs).map(([key, value]) => [key, [...new Set(referencesIn(value).map(({ urn }) => urn))]]),
      ),
    })),
  });
  const web = route("/*", "web", 90);

  test.each([
    ["a route that goes", environment(route("/api/*", "api", 1), web), environment(web)],
    ["a route that moves", environment(route("/api/*", "api", 1), web), environment(route("/api/*", "web", 1), web)],
    [
      "weights of two services",
      environment(web),
      environment(rule("/*", { path: ["/*"], priority: 90, actions: weighted({ web: 9, api: 1 }) })),
    ],
    ["a second target group", environment(web), environment(rule("/*", { path: ["/*"], priority: 90, actions: shifted("web") }))],
  ])("%s", (_, before, after) => {
    expect(texts(asEngine(before), asEngine(after))).toEqual(texts(before, after));
  });
});

test("weights of two services say how much goes where, and 0 is nobody", () => {
  const weighing = (weights: Record<string, number>) => environment(rule("all", { path: ["/*"], priority: 1, actions: weighted(weights) }));
  expect(texts(weighing({ web: 1, api: 0 }), weighing({ web: 3, api: 1 }))).toEqual(["/*: web → web 75 %, api 25 %"]);
  expect(texts(weighing({ web: 1, api: 0 }), weighing({ web: 5 }))).toEqual([]);
});

describe("values known only after apply", () => {
  const host = { $output: "urn:pulumi:dev::shop::aws:acm/certificate:Certificate::c#domainName" };
  const byHost = (values: unknown[], to: string) =>
    rule("host", { priority: 1, actions: forwardTo(to), conditions: [{ hostHeader: { values } }] });

  test("that both sides have are the same", () => {
    expect(requestChanges(environment(byHost([host], "api")), environment(byHost([host], "api")))).toEqual([]);
    expect(only(environment(byHost([host], "api")), environment(byHost([host], "web")))).toMatchObject({ effect: "moved" });
  });

  test("that may be what the other side says in words leave it open", () => {
    const changes = requestChanges(environment(byHost(["api.example.com"], "api")), environment(byHost([host], "api")));
    expect(new Set(changes.map(({ effect }) => effect))).toEqual(new Set(["unknown"]));
  });
});
