import { referencesIn, type Plan } from "@fairlead/plan";

import { ask, readLoadBalancers, requestChanges } from "../src";
import { planOf, resource } from "../testing/plans";
import { environment, forwardTo, loadBalancer, notFound, route, rule, service, shifted, texts, toHttps, types, weighted } from "./requests";

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

  test("a route that moves to another port is gone from the first", () => {
    const on = (port: number) =>
      planOf(...loadBalancer({ 80: notFound, 8080: notFound }), ...services, route("/api/*", "api", 1, `shop-${port}`));
    expect(texts(on(80), on(8080))).toEqual(["/api/* on port 80: api → nobody (404)", "/api/* on port 8080: nobody (404) → api"]);
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
    const [api, web, none] = [planOf(...services, own("api")), planOf(...services, own("web")), planOf(...services)];
    const condition = "where no rule of others on the listener comes first";
    expect(requestChanges(api, none)).toMatchObject([
      { effect: "unknown", text: `/api/*: api → can't tell: the listener shared is not in the plan, ${condition}` },
    ]);
    expect(requestChanges(api, web)).toMatchObject([{ effect: "moved", text: `/api/*: api → web, ${condition}` }]);
    expect(requestChanges(api, api)).toEqual([]);
    expect(ask(readLoadBalancers(api)[0]!, { port: undefined, host: "x", path: "/api/" }).kind).toBe("unknown");
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
