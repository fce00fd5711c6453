import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { formatDiagnostics, loadServices, ManifestError, type Diagnostic } from "../src";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "fairlead-manifest-"))));
afterEach(() => rmSync(folder, { recursive: true }));

const minimal = "name: api\ncontainerPort: 3000\n";

function write(service: string, manifest: string, dockerfile = true): void {
  mkdirSync(join(folder, service), { recursive: true });
  writeFileSync(join(folder, service, "service.yaml"), manifest);
  if (dockerfile) writeFileSync(join(folder, service, "Dockerfile"), "FROM scratch\n");
}

const load = (environment = "dev") =>
  loadServices({ directory: folder, environment, environments: ["dev", "prod"], defaults: { cpuArchitecture: "ARM64", desiredCount: 1 } });

function problems(environment?: string): Diagnostic[] {
  try {
    load(environment);
  } catch (error) {
    if (error instanceof ManifestError) return error.diagnostics;
    throw error;
  }
  return [];
}

describe("a good manifest", () => {
  test("gets every default, and image platforms from the task's CPU architecture", () => {
    write("api", minimal);
    expect(load()).toEqual([
      expect.objectContaining({
        name: "api",
        cpu: 256,
        memoryMiB: 512,
        desiredCount: 1,
        runtimePlatform: { cpuArchitecture: "ARM64" },
        routes: [],
      }),
    ]);
    expect(load()[0]!.build.platforms).toEqual(["linux/arm64"]);
    write("api", `${minimal}runtimePlatform:\n  cpuArchitecture: X86_64\n`);
    expect(load()[0]!.build.platforms).toEqual(["linux/amd64"]);
  });

  test("an environment merges maps and replaces lists and single values", () => {
    write(
      "api",
      `${minimal}environment: { A: "1", B: "2" }\nroutes: [{ path: /a }, { path: /b }]\nenvironments:\n  prod:\n    environment: { B: "3" }\n    routes: [{ path: /c }]\n`,
    );
    expect(load("dev")[0]).toMatchObject({ environment: { A: "1", B: "2" }, routes: [{ path: "/a" }, { path: "/b" }] });
    expect(load("prod")[0]).toMatchObject({ environment: { A: "1", B: "3" }, routes: [{ path: "/c" }] });
  });

  test("a route leads to the service that it names", () => {
    write("api", minimal);
    write("web", "name: web\ncontainerPort: 80\nroutes: [{ path: /api/*, service: api }, { path: /* }]\n");
    expect(load().map(({ name, routes }) => [name, routes])).toEqual([
      ["api", [{ path: "/api/*" }]],
      ["web", [{ path: "/*" }]],
    ]);
  });

  test("anchors and comments are fine", () => {
    write("api", `# a comment\n${minimal}environment: &shared\n  A: "1"\nenvironments:\n  prod:\n    environment: *shared\n`);
    expect(load("prod")[0]!.environment).toEqual({ A: "1" });
  });
});

describe("each mistake gives one diagnosis, where it stands, with a fix", () => {
  const cases: [title: string, manifest: string, code: string, place: string, fix: RegExp, problem: RegExp][] = [
    ["a misspelt key", `${minimal}memoryMib: 512\n`, "FL1002", "3:1", /Did you mean "memoryMiB"\?/, /unknown key "memoryMib"/],
    ["a key in the wrong map", `${minimal}healthCheck:\n  pth: /\n`, "FL1002", "4:3", /"path"/, /"pth" in healthCheck/],
    ["a wrong type", `${minimal}cpu: "256"\n`, "FL1003", "3:6", /whole number/, /cpu is "256", a text/],
    ["a number where a text is due", `${minimal}environment:\n  A: 1\n`, "FL1003", "4:6", /Quote it: "1"/, /environment.A is 1/],
    ["a missing key", "name: api\n", "FL1004", "1:1", /containerPort/, /no "containerPort"/],
    ["a value that is not allowed", `${minimal}runtimePlatform:\n  cpuArchitecture: ARM46\n`, "FL1005", "4:20", /"ARM64"/, /ARM46/],
    ["an impossible pair", `${minimal}cpu: 256\nmemoryMiB: 4096\n`, "FL1006", "4:12", /2048, or cpu to 512/, /4096 with cpu 256/],
    ["an impossible cpu", `${minimal}cpu: 300\n`, "FL1006", "3:6", /256/, /cpu is 300/],
    ["an unknown service in a route", `${minimal}routes:\n  - path: /\n    service: apii\n`, "FL1007", "5:14", /"api"/, /"apii"/],
    ["an unknown service in calls", `${minimal}calls: [wbe]\n`, "FL1007", "3:9", /service.yaml|Did you mean/, /calls.0 names "wbe"/],
    ["an unknown environment", `${minimal}environments:\n  pord:\n    cpu: 512\n`, "FL1013", "4:3", /"prod"/, /"pord"/],
    ["a duplicate key", `${minimal}name: web\n`, "FL1002", "3:1", /Remove one/, /twice/],
    ["no YAML at all", "name: [api\ncontainerPort: 3000\n", "FL1001", "2:1", /syntax/, /not YAML/],
    ["a late health check", `${minimal}healthCheck: { intervalSeconds: 5, timeoutSeconds: 5 }\n`, "FL1012", "3:52", /4 or less/, /is 5/],
  ];
  test.each(cases)("%s", (_, manifest, code, place, fix, problem) => {
    write("api", manifest);
    const found = problems();
    expect(found.map((diagnostic) => `${diagnostic.code} ${diagnostic.line}:${diagnostic.column}`)).toEqual([`${code} ${place}`]);
    expect(found[0]!.fix).toMatch(fix);
    expect(found[0]!.problem).toMatch(problem);
  });

  test("a missing Dockerfile", () => {
    write("api", `${minimal}build:\n  dockerfile: Dockerfile.prod\n`, false);
    expect(problems()).toEqual([
      expect.objectContaining({ code: "FL1008", line: 4, column: 15, fix: expect.stringContaining("build.dockerfile") }),
    ]);
  });

  test("an image for another platform than the task's: both platforms, the consequence and the fix", () => {
    write(
      "api",
      `${minimal}build:\n  platforms: [linux/arm64]\nenvironments:\n  prod:\n    runtimePlatform:\n      cpuArchitecture: X86_64\n`,
    );
    expect(problems("dev")).toEqual([]);
    const [found] = problems("prod");
    expect(found).toMatchObject({ code: "FL1009", line: 4, column: 14 });
    expect(found!.problem).toContain("linux/arm64");
    expect(found!.problem).toContain("linux/amd64");
    expect(found!.consequence).toContain("exec format error");
    expect(found!.fix).toContain("Remove build.platforms");
  });

  test("one name or one path for two services", () => {
    write("api", `${minimal}routes: [{ path: /x }]\n`);
    write("bpi", `${minimal}routes: [{ path: /x }]\n`);
    expect(problems().map(({ code }) => code)).toEqual(["FL1010", "FL1011"]);
  });

  test("a problem in an environment's override is shown where the override stands", () => {
    write("api", `${minimal}environments:\n  prod:\n    memoryMiB: 4096\n`);
    expect(problems("dev")).toEqual([]);
    expect(problems("prod")).toEqual([expect.objectContaining({ code: "FL1006", line: 5, column: 16 })]);
  });
});

test("a manifest that can't be read is one problem, not also one of each service that names it", () => {
  write("api", "name: [api\n\tport");
  write("web", "name: web\ncontainerPort: 80\ncalls: [api]\n");
  expect(problems().map(({ code, file }) => [code, file])).toEqual([["FL1001", join(folder, "api/service.yaml")]]);
});

test("all problems of all manifests come at once, readable, and without a stack", () => {
  write("api", `${minimal}memoryMib: 512\ncpu: fast\n`);
  write("web", "name: web\ncontainerPort: 99999\n");
  const text = formatDiagnostics(problems(), folder);
  expect(text).toContain("api/service.yaml:3:1  FL1002");
  expect(text).toContain("  3 | memoryMib: 512\n    | ^");
  expect(text).toContain("api/service.yaml:4:6  FL1003");
  expect(text).toContain("web/service.yaml:2:16  FL1005");
  expect(text).toMatch(/3 problems\. Nothing was changed\.$/);
  expect(text).not.toMatch(/^\s+at /m);
});

test.each(["", "- a\n- b\n", "just text\n", "null\n", "? [a]\n: b\n"])("never crashes on %j", (manifest) => {
  write("api", manifest);
  expect(problems().length).toBeGreaterThan(0);
});
