import { output, planOf, resource } from "@fairlead/changes/testing/plans";

import { proxyPlan, type ProxiedPlan } from "../testing/proxyCheck";
import { describeWithHaproxy } from "../testing/proxyProcess";
import { albOf, forwardTo, targetGroup } from "../testing/proxyPlans";
import { askOverWire, until, type Echo, type WireRequest } from "../testing/proxyTargets";

const ask = ({ published }: ProxiedPlan, request: Partial<WireRequest> & { url: string }) =>
  askOverWire({ host: "shop.example.com", ...request, port: published.get(request.port ?? 80)! });
const echo = async (proxied: ProxiedPlan, request: Partial<WireRequest> & { url: string }) =>
  JSON.parse((await ask(proxied, request)).body) as Echo;

describeWithHaproxy("answers", (haproxy) => {
  test("a target that fails its health checks is out, and in again once it passes them", async () => {
    const check = { path: "/health", interval: 1, timeout: 1, healthyThreshold: 2, unhealthyThreshold: 2, matcher: "200-299,304" };
    await using proxied = await proxyPlan(haproxy, albOf(forwardTo("api"), targetGroup("api", check)));
    const [target] = proxied.targets.values();
    const said = (text: RegExp) => until(() => Promise.resolve(text.test(proxied.proxy.log())));
    target!.health = 304;
    // What is up has passed two checks.
    expect(await until(() => Promise.resolve(target!.checks >= 2))).toBe(true);
    const checks = target!.checks;
    expect(await until(() => Promise.resolve(target!.checks > checks + 2))).toBe(true);
    expect(proxied.proxy.log()).not.toContain("is DOWN");
    target!.health = 500;
    expect(await said(/Server api\/127\.0\.0\.1 is DOWN, reason: Layer7 wrong status, code: 500/)).toBe(true);
    // It is the only one: a target group without a healthy target sends requests to all.
    expect((await ask(proxied, { url: "/" })).status).toBe(200);
    target!.health = 200;
    expect(await said(/Server api\/127\.0\.0\.1 is UP, reason: Layer7 check passed, code: 200/)).toBe(true);
    expect((await ask(proxied, { url: "/" })).status).toBe(200);
  });

  test("503 without a registered target, 502 of one that refuses or answers rubbish, 504 of one that doesn't answer", async () => {
    const check = { path: "/health", interval: 1, timeout: 1, healthyThreshold: 1 };
    const plan = albOf(forwardTo("api"), targetGroup("api", check), { idleTimeout: 1 });
    await using none = await proxyPlan(haproxy, plan, () => true);
    expect(await ask(none, { url: "/" })).toMatchObject({
      status: 503,
      body: expect.stringContaining("<h1>503 Service Temporarily Unavailable"),
    });
    await using proxied = await proxyPlan(haproxy, plan);
    expect(await ask(proxied, { url: "/status/503" })).toMatchObject({ status: 503, body: expect.stringContaining('"target"') });
    expect(await ask(proxied, { url: "/rubbish" })).toMatchObject({ status: 502, body: expect.stringContaining("<h1>502 Bad Gateway") });
    expect(await ask(proxied, { url: "/never" })).toMatchObject({ status: 504, body: expect.stringContaining("<h1>504 Gateway Time-out") });
    const [target] = proxied.targets.values();
    expect(await until(() => Promise.resolve(target!.checks >= 2))).toBe(true);
    await target!.close();
    const page = { headers: { server: "awselb/2.0", "content-type": "text/html" }, body: expect.stringContaining("<h1>502 Bad Gateway") };
    expect(await ask(proxied, { url: "/" })).toMatchObject({ status: 502, ...page });
    expect(await until(() => Promise.resolve(proxied.proxy.log().includes("is DOWN")))).toBe(true);
    expect(await ask(proxied, { url: "/" })).toMatchObject({ status: 502, ...page });
  });

  test("of 2,000 requests 10 % go to a canary", async () => {
    const weights = { api: 90, "api-green": 10 };
    const targetGroups = Object.entries(weights).map(([name, weight]) => ({
      arn: output("aws:lb/targetGroup:TargetGroup", name, "arn"),
      weight,
    }));
    const plan = albOf([{ type: "forward", forward: { targetGroups } }], [...targetGroup("api"), ...targetGroup("api-green")]);
    await using proxied = await proxyPlan(haproxy, plan);
    let canary = 0;
    for (let count = 0; count < 2_000; count += 20) {
      const echoes = await Promise.all(Array.from({ length: 20 }, () => echo(proxied, { url: "/" })));
      canary += echoes.filter(({ target }) => target.endsWith("api-green")).length;
    }
    // Five standard deviations of 13.4 to either side.
    expect(canary).toBeGreaterThan(133);
    expect(canary).toBeLessThan(267);
  });

  test("what is forwarded has the headers that load balancers add", async () => {
    await using proxied = await proxyPlan(haproxy, albOf(forwardTo("api"), targetGroup("api"), { dropInvalidHeaderFields: true }));
    const headersOf = async (headers: [string, string][]) =>
      (await echo(proxied, { url: "/a?b=c", headers, address: "127.0.0.7" })).headers;
    const plain = await headersOf([["X-Forwarded-Proto", "gopher"]]);
    expect(plain).toMatchObject({
      "x-forwarded-for": "127.0.0.7",
      "x-forwarded-proto": "http",
      "x-forwarded-port": "80",
      host: "shop.example.com",
    });
    const [, seconds] = /^Root=1-([0-9a-f]{8})-[0-9a-f]{24}$/.exec(plain["x-amzn-trace-id"]!)!;
    expect(Math.abs(parseInt(seconds!, 16) - Date.now() / 1000)).toBeLessThan(60);
    const root = "Root=1-67891233-abcdef012345678912345678";
    const self = /Self=1-[0-9a-f]{8}-[0-9a-f]{24};/.source;
    const traced = await headersOf([
      ["X-Amzn-Trace-Id", `Self=1-1-1;${root};TotalTimeSoFar=112ms`],
      ["X-Forwarded-For", "203.0.113.9"],
      ["x_dropped", "yes"],
    ]);
    expect(traced["x-amzn-trace-id"]).toMatch(new RegExp(`^${self}${root};TotalTimeSoFar=112ms$`));
    expect(traced["x-forwarded-for"]).toBe("203.0.113.9, 127.0.0.7");
    expect(traced).not.toHaveProperty("x_dropped");
    expect((await headersOf([["X-Amzn-Trace-Id", "CalledFrom=app"]]))["x-amzn-trace-id"]).toMatch(/^Root=1-[0-9a-f-]{33};CalledFrom=app$/);
  });

  test("a name under localhost is the name before it to the rules", async () => {
    const rule = resource("aws:lb/listenerRule:ListenerRule", "by-host", {
      listenerArn: output("aws:lb/listener:Listener", "shop-80", "arn"),
      priority: 1,
      conditions: [{ hostHeader: { values: ["shop.example.com"] } }],
      actions: forwardTo("api"),
    });
    const notFound = [{ type: "fixed-response", fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "no" } }];
    await using proxied = await proxyPlan(haproxy, planOf(...albOf(notFound, targetGroup("api")).resources.slice(1), rule));
    const statusOf = async (host: string) => (await ask(proxied, { url: "/", host })).status;
    expect(await statusOf("shop.example.com.localhost:8080")).toBe(200);
    expect(await statusOf("shop.example.com:8080")).toBe(200);
    expect(await statusOf("shop.example.com.other")).toBe(404);
    expect(await statusOf("localhost:8080")).toBe(404);
  });

  test("a network load balancer's connections come through as they are", async () => {
    const plan = planOf(
      resource("aws:lb/loadBalancer:LoadBalancer", "lines", { loadBalancerType: "network", internal: true }),
      resource("aws:lb/listener:Listener", "lines-4000", {
        loadBalancerArn: output("aws:lb/loadBalancer:LoadBalancer", "lines", "arn"),
        port: 4000,
        protocol: "TCP",
        defaultActions: forwardTo("telemetry"),
      }),
      ...targetGroup("telemetry", { protocol: "TCP" }, "TCP"),
    );
    await using proxied = await proxyPlan(haproxy, plan);
    const { method, headers } = await echo(proxied, { port: 4000, url: "/", method: "MEASURE" });
    expect({ method, headers }).toEqual({ method: "MEASURE", headers: { host: "shop.example.com", connection: "close" } });
  });

  test("a line for each request says who answered it, without its query", async () => {
    await using proxied = await proxyPlan(haproxy, albOf(forwardTo("api"), targetGroup("api")));
    await ask(proxied, { url: "/orders?token=hidden" });
    expect(await until(() => Promise.resolve(proxied.proxy.log().includes("/orders")))).toBe(true);
    expect(proxied.proxy.log()).toMatch(/^GET \/orders 200 in \d+ ms by api \(rule default\)$/m);
    expect(proxied.proxy.log()).not.toContain("hidden");
  });
});
