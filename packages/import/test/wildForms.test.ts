import { filesOf } from "../src";
import { findingsOf, imported, importedService } from "./application";

const web = "Load Balanced Web Service";

test("a path that was written on Windows is one everywhere", () => {
  const { base, result } = importedService(web, "image: { build: 'api\\Dockerfile', port: 8080 }");
  expect(base.build).toEqual({ dockerfile: "../../api/Dockerfile", context: "../../api" });
  expect(result.findings.filter(({ outcome }) => outcome === "decide")).toEqual([]);
});

test("an image that each environment names is asked of none else", () => {
  const result = imported({
    "api/Dockerfile": "FROM scratch\n",
    "copilot/environments/test/manifest.yml": "name: test\ntype: Environment\n",
    "copilot/api/manifest.yml": `name: api\ntype: ${web}\nimage: { port: 80 }\nenvironments: { test: { image: { build: api/Dockerfile } } }\n`,
  });
  expect(findingsOf(result, "image.build")).toEqual([]);
});

test("a variable that is a list in JSON is the text that it was, which is told", () => {
  const { base, result } = importedService(web, `variables: { ORIGINS: '["https://a.example", "https://b.example"]' }`);
  expect(base.environment).toMatchObject({ ORIGINS: '["https://a.example", "https://b.example"]' });
  expect(findingsOf(result, "variables.ORIGINS").map(({ outcome }) => outcome)).toContain("changed");
  expect(importedService(web, "variables: { ORIGINS: [a, b] }").result.problems).toMatchObject([{ code: "FL2904" }]);
});

test("keys of an environment in the wrong place, and of Compose's health check, are told and stop nothing", () => {
  const { result } = importedService(
    web,
    "http: { path: /, test: { path: /x } }\nimage: { build: api/Dockerfile, port: 80, healthcheck: { test: [CMD, x] } }",
  );
  expect(result.problems).toEqual([]);
  expect(findingsOf(result, "http.test")).toMatchObject([{ outcome: "ignored", text: expect.stringContaining("an environment's name") }]);
  expect(findingsOf(result, "image.healthcheck.test")).toMatchObject([{ outcome: "ignored" }]);
});

test("a job's timeout is counted in whole minutes, of a day at most", () => {
  const timeout = (value: string) => importedService("Scheduled Job", `timeout: ${value}\nretries: 3`);
  expect(timeout("90m").base).toMatchObject({ timeoutMinutes: 90, retryAttempts: 3 });
  expect(findingsOf(timeout("90s").result, "timeout")).toMatchObject([{ outcome: "changed", now: "2 minutes" }]);
  expect(findingsOf(timeout("48h").result, "timeout")).toMatchObject([{ outcome: "dropped", now: "1440 minutes" }]);
});

test("addresses that a rule answers to are its route's, as many as there is room for", () => {
  const { base } = importedService(web, "http: { path: /, allowed_source_ips: [192.0.2.0/24, 198.51.100.7] }");
  expect(base.routes).toEqual([{ path: "/*", sourceIps: ["192.0.2.0/24", "198.51.100.7/32"] }]);
  const many = importedService(web, "http: { path: /, allowed_source_ips: [192.0.2.1, 192.0.2.2, 192.0.2.3, 192.0.2.4] }");
  expect(many.base.routes).toEqual([{ path: "/*" }]);
  expect(findingsOf(many.result, "http.allowed_source_ips")).toMatchObject([{ outcome: "decide" }]);
});

describe("a Backend Service with http", () => {
  const environment =
    "name: test\ntype: Environment\nhttp: { private: { certificates: ['arn:aws:acm:eu-west-1:123456789012:certificate/x'] } }\n";
  const others = { "copilot/environments/test/manifest.yml": environment };

  test("is behind the internal load balancer, which the stack has", () => {
    const { base, result } = importedService("Backend Service", "http: { path: /admin, stickiness: true }", others);
    expect(result.problems).toEqual([]);
    expect(base).toMatchObject({ internal: true, stickinessSeconds: 86_400, routes: [{ path: "/admin" }, { path: "/admin/*" }] });
    expect(base).not.toHaveProperty("kind");
    expect(result.environments[0]!.internalLoadBalancer).toEqual({ certificateArn: expect.stringMatching(/certificate\/x$/) });
    const stack = filesOf(result).get("stacks/test.ts")!;
    expect(stack).toContain("internalLoadBalancer: true");
    expect(stack).toContain('new LoadBalancer("test-internal", {');
  });

  test("loses its own name there, which matters where somebody uses it", () => {
    const told = (rest: string) =>
      findingsOf(importedService("Backend Service", `http: { path: / }\n${rest}`).result, "http").map(({ outcome }) => outcome);
    expect(told("")).toContain("changed");
    expect(told("variables: { SELF: 'http://api.test.shop.internal' }")).toContain("decide");
  });

  test("shares no path with a web service, though both have the same", () => {
    const front = `name: front\ntype: ${web}\nimage: { location: 'nginx:1', port: 80 }\nhttp: { path: / }\n`;
    const { base } = importedService("Backend Service", "http: { path: / }", { "copilot/front/manifest.yml": front });
    expect(base.routes).toEqual([{ path: "/*" }]);
  });
});

test("a Dockerfile in a submodule that is not checked out is where the manifest says", () => {
  const others = { ".gitmodules": '[submodule "server"]\n\tpath = server\n\turl = https://example.com/server.git\n' };
  const { result } = importedService(web, "image: { build: server/Dockerfile, port: 80 }", others);
  expect(findingsOf(result, "image.build").filter(({ was }) => was === "server/Dockerfile")).toMatchObject([
    { outcome: "exact", text: expect.stringContaining("git submodule update") },
  ]);
});
