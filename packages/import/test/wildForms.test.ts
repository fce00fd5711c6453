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
  const { result } = importedService(web, "http: { path: /, test: { path: /x } }\nimage: { build: api/Dockerfile, port: 80, healthcheck: { test: [CMD, x] } }");
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
