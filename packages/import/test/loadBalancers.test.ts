import { findingsOf, imported } from "./application";
import { filesOf } from "../src";

const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/front/0123456789abcdef";
const service = (name: string, http: string, type = "Load Balanced Web Service") =>
  `name: ${name}\ntype: ${type}\nimage: { location: 'nginx:1.29', port: 80 }\nhttp: ${http}\n`;
const application = (services: Record<string, string>) =>
  imported({
    "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\nhttp: { public: { access_logs: true } }\n",
    "copilot/environments/prod/manifest.yml": "name: prod\ntype: Environment\n",
    ...Object.fromEntries(Object.entries(services).map(([name, text]) => [`copilot/${name}/manifest.yml`, text])),
  });
const stack = (result: ReturnType<typeof imported>, name = "test") => filesOf(result).get(`stacks/${name}.ts`)!;

test.each([
  ["its ARN", arn, `loadBalancerArn: "${arn}",`],
  ["its name", "front", 'loadBalancerName: "front",'],
])("a load balancer that was there before, by %s, is that of the environment", (_, alb, line) => {
  const result = application({
    api: service("api", `{ path: /, alb: '${alb}' }`),
    page: service("page", `{ path: /page, alb: '${alb}' }`),
  });
  expect(findingsOf(result, "http.alb")).toEqual(
    Array(2).fill(expect.objectContaining({ outcome: "exact", to: "new ExistingLoadBalancer(…)" })),
  );
  const text = stack(result);
  expect(text).toContain('import { ExistingLoadBalancer, Network, ServiceDiscovery } from "@fairlead/networking";');
  expect(text).toContain(line);
  expect(text).toContain("formerTargetGroups: settings.formerTargetGroups,");
  expect(text).not.toMatch(/new LoadBalancer|accessLogs|AccessLogs/);
});

test("of one environment alone the others make their own", () => {
  const result = application({ api: service("api", `{ path: / }\nenvironments: { prod: { http: { alb: '${arn}' } } }`) });
  expect(findingsOf(result, "environments.prod.http.alb")).toMatchObject([{ outcome: "exact", environments: ["prod"] }]);
  expect(stack(result)).toContain("new LoadBalancer(");
  expect(stack(result, "prod")).toContain("new ExistingLoadBalancer(");
});

test("services behind an internal load balancer, and those without routes, have no say", () => {
  const result = application({
    api: service("api", `{ path: /, alb: '${arn}' }`),
    inner: service("inner", "{ path: /inner }", "Backend Service"),
    quiet: service("quiet", "false"),
  });
  expect(findingsOf(result, "http.alb")).toMatchObject([{ outcome: "exact" }]);
  expect(stack(result)).toContain("ExistingLoadBalancer, LoadBalancer, Network");
});

test.each([
  ["another", `{ path: /page, alb: other }`],
  ["the environment's own", "{ path: /page }"],
])("where one service is behind it and one behind %s, somebody has to decide", (_, http) => {
  const result = application({ api: service("api", `{ path: /, alb: '${arn}' }`), page: service("page", http) });
  for (const { outcome, text } of findingsOf(result, "http.alb")) {
    expect(outcome).toBe("decide");
    expect(text).toContain("An environment has one load balancer here");
  }
  expect(stack(result)).not.toContain("ExistingLoadBalancer");
});

test("what is no load balancer's ARN or name is not written into a composition", () => {
  const result = application({ api: service("api", `{ path: /, alb: '"); process.exit(); ("' }`) });
  expect(findingsOf(result, "http.alb")).toMatchObject([{ outcome: "decide" }]);
  expect(stack(result)).not.toContain("process.exit");
});

test("the internal load balancer is in the subnets that an environment names for it", () => {
  const of = (subnets: string) =>
    imported({
      "copilot/environments/test/manifest.yml": `name: test\ntype: Environment\nnetwork: { vpc: { id: vpc-1 } }\nhttp: { private: { ${subnets} } }\n`,
      "copilot/inner/manifest.yml": service("inner", "{ path: /inner }", "Backend Service"),
    });
  const result = of("subnets: [subnet-1, subnet-2]");
  expect(findingsOf(result, "http.private.subnets")).toMatchObject([{ outcome: "exact" }]);
  expect(stack(result)).toContain('transform: (args) => ({ ...args, subnets: ["subnet-1", "subnet-2"] }),');
  expect(stack(of("ssl_policy: x"))).not.toContain("transform");
});
