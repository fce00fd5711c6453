import { output, planOf, resource } from "@fairlead/changes/testing/plans";
import type { PlanResource } from "@fairlead/plan";

import { localListeners } from "../src/proxy/listeners";
import { loadBalancerPart } from "../src/proxy/loadBalancer";
import { albOf, forwardTo, targetGroup } from "../testing/proxyPlans";

const settings = (ports: Record<number, number>) => ({ ports, images: { loadBalancer: "haproxy:3.2" } as never });
const own = { ipam: { config: [] } };
const toHttps = [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }];

function alb(name: string, listeners: Record<number, unknown>, inputs: Record<string, unknown> = {}): PlanResource[] {
  return [
    resource("aws:lb/loadBalancer:LoadBalancer", name, inputs),
    ...Object.entries(listeners).map(([port, defaultActions]) =>
      resource("aws:lb/listener:Listener", `${name}-${port}`, {
        loadBalancerArn: output("aws:lb/loadBalancer:LoadBalancer", name, "arn"),
        port: Number(port),
        protocol: port === "443" ? "HTTPS" : "HTTP",
        defaultActions,
      }),
    ),
  ];
}

const portsOf = (...resources: PlanResource[]) =>
  localListeners(planOf(...resources)).map(({ name, port, localPort }) => `${name} ${port} ${localPort}`);

describe("the listeners of one machine", () => {
  test("are those of the plan, without one that only leads to HTTPS", () => {
    expect(portsOf(...alb("shop", { 80: toHttps, 443: forwardTo("api") }))).toEqual(["shop-443 443 443"]);
    expect(portsOf(...alb("shop", { 80: toHttps }))).toEqual(["shop-80 80 80"]);
    expect(portsOf(...alb("shop", { 80: forwardTo("web"), 443: forwardTo("api") }))).toEqual(["shop-80 80 80", "shop-443 443 443"]);
  });

  test("have ports of their own, those of public load balancers first", () => {
    const two = [
      ...alb("inner", { 80: forwardTo("api") }, { internal: true }),
      ...alb("shop", { 80: forwardTo("web"), 81: forwardTo("web") }),
    ];
    expect(portsOf(...two)).toEqual(["shop-80 80 80", "shop-81 81 81", "inner-80 80 82"]);
  });

  test("of TCP come after those of HTTP, which a browser is sent to", () => {
    const loadBalancerArn = output("aws:lb/loadBalancer:LoadBalancer", "lines", "arn");
    const lines = [
      resource("aws:lb/loadBalancer:LoadBalancer", "lines", { loadBalancerType: "network" }),
      resource("aws:lb/listener:Listener", "tcp", { loadBalancerArn, port: 8081, protocol: "TCP", defaultActions: forwardTo("result") }),
    ];
    expect(portsOf(...lines, ...alb("shop", { 80: forwardTo("web") }))).toEqual(["shop-80 80 80", "lines-8081 8081 8081"]);
  });

  test("are served on port 80 where they are of another plan", () => {
    const rule = resource("aws:lb/listenerRule:ListenerRule", "api", {
      listenerArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/shared/50dc6c495c0c9188/f2f7dc8efc522ab2",
      priority: 1,
      conditions: [{ pathPattern: { values: ["/api/*"] } }],
      actions: forwardTo("api"),
    });
    const [listener] = localListeners(planOf(rule, ...targetGroup("api")));
    expect(listener).toMatchObject({
      name: "shared-80",
      localPort: 80,
      mode: "http",
      defaultOutcome: { kind: "fixedResponse", statusCode: 404 },
    });
  });
});

describe("the load balancer's part of a Compose file", () => {
  test("is nothing where the plan has none", () => {
    expect(loadBalancerPart(planOf(...targetGroup("api")), settings({ 80: 8080 }), own, () => undefined)).toEqual({});
  });

  test("publishes to this machine alone what has a port, and is in the networks of its targets", () => {
    const plan = planOf(...alb("shop", { 80: forwardTo("web"), 81: forwardTo("api") }), ...targetGroup("api"), ...targetGroup("web"));
    const networkOf = (urn: string) => ({ network: urn.split("::").at(-1)!, host: `${urn.split("::").at(-1)}-network`, port: 3000 });
    const { services, configs } = loadBalancerPart(plan, settings({ 80: 8080 }), own, networkOf);
    const { "aws.load-balancer": service } = services!;
    expect(service).toMatchObject({
      image: "haproxy:3.2",
      ports: ["127.0.0.1:8080:80", "127.0.0.1::8404"],
      networks: { api: {}, "aws.load-balancer": {}, web: {} },
      restart: "unless-stopped",
      logging: { options: { "max-size": "10m", "max-file": "2" } },
    });
    expect(service!.configs).toEqual([{ source: "aws.load-balancer", target: "/usr/local/etc/haproxy/haproxy.cfg", mode: "0444" }]);
    const { content } = configs!["aws.load-balancer"]!;
    expect(content).toContain(
      "server web-network web-network:3000 resolvers docker resolve-prefer ipv4 resolve-opts allow-dup-ip init-addr none check",
    );
    expect(content).toContain("server api-network api-network:3000 ");
  });

  test("is another service where its configuration is another", () => {
    const labels = (...conditions: Record<string, unknown>[]) =>
      loadBalancerPart(albOf(forwardTo("api"), targetGroup("api", ...conditions)), settings({}), own, () => ({
        network: "api",
        host: "api-network",
        port: 1,
      })).services!["aws.load-balancer"]!.labels;
    expect(labels()).toEqual(labels());
    expect(labels({ path: "/other" })).not.toEqual(labels());
  });

  test("asks a target of gRPC as a client of gRPC would, and takes any status of its own", () => {
    const [group] = targetGroup("api", { matcher: "12" });
    group!.inputs.protocolVersion = "GRPC";
    const { content } = loadBalancerPart(albOf(forwardTo("api"), [group!]), settings({}), own, () => ({
      ...{ network: "api", host: "api-network", port: 50051 },
    })).configs!["aws.load-balancer"]!;
    expect(content).toContain(
      'http-check send meth POST uri "/AWS.ALB/healthcheck" ver HTTP/2 hdr Content-Type "application/grpc" hdr TE "trailers" hdr Host api-network:50051 ',
    );
    expect(content).toContain("http-check expect status 200\n");
    expect(content).toContain("proto h2 check-proto h2");
  });

  test("asks for health as the target group says", () => {
    const content = (check: Record<string, unknown>, protocol?: string) =>
      loadBalancerPart(albOf(forwardTo("api"), targetGroup("api", check, protocol)), settings({}), own, () => ({
        network: "api",
        host: "api-network",
        port: 3000,
      })).configs!["aws.load-balancer"]!.content!;
    const given = content({
      path: "/up",
      interval: 7,
      timeout: 3,
      healthyThreshold: 4,
      unhealthyThreshold: 6,
      matcher: "200-299,304",
      port: "9000",
    });
    expect(given).toContain('http-check send meth GET uri "/up" ver HTTP/1.1 hdr Connection close hdr Host api-network:9000');
    expect(given).toContain("http-check expect status 200-299,304");
    expect(given).toContain("timeout check 3s");
    expect(given).toContain("check inter 2s fastinter 500ms downinter 500ms rise 4 fall 6 port 9000");
    const defaults = content({});
    expect(defaults).toContain("check inter 2s fastinter 500ms downinter 500ms rise 5 fall 2\n");
    expect(defaults).toContain("http-check expect status 200\n");
    expect(content({ protocol: "TCP" })).not.toContain("httpchk");
    expect(content({ enabled: false })).not.toContain(" check ");
  });
});
