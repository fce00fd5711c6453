import { join } from "node:path";
import { formatProblems } from "@fairlead/model";

import { folder, load, minimal, offers, problems, write } from "./folder";

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
    expect(load()[0]!.build!.platforms).toEqual(["linux/arm64"]);
    write("api", `${minimal}runtimePlatform:\n  cpuArchitecture: X86_64\n`);
    expect(load()[0]!.build!.platforms).toEqual(["linux/amd64"]);
  });

  test("an image that others build takes the place of a build, and an environment's of the other's", () => {
    write("api", `${minimal}image: nginx:1.29\nenvironments:\n  prod:\n    build: { target: web }\n`);
    expect(load("dev")[0]).toMatchObject({ image: "nginx:1.29", build: undefined });
    expect(load("prod")[0]).toMatchObject({ build: { target: "web" } });
    expect(load("prod")[0]).not.toHaveProperty("image");
    write("api", `${minimal}environments:\n  prod:\n    image: nginx:1.29\n`);
    expect(load("dev")[0]).not.toHaveProperty("image");
    expect(load("prod")[0]).toMatchObject({ image: "nginx:1.29", build: undefined });
    // There is no Dockerfile of it.
    write("web", "name: web\ncontainerPort: 80\nimage: nginx:1.29\n", false);
    expect(load("dev").map(({ name }) => name)).toEqual(["api", "web"]);
  });

  test("an environment merges maps and replaces lists and single values", () => {
    write(
      "api",
      `${minimal}environment: { A: "1", B: "2" }\nroutes: [{ path: /a }, { path: /b }]\nenvironments:\n  prod:\n    environment: { B: "3" }\n    routes: [{ path: /c }]\n`,
    );
    expect(load("dev")[0]).toMatchObject({ environment: { A: "1", B: "2" }, routes: [{ path: "/a" }, { path: "/b" }] });
    expect(load("prod")[0]).toMatchObject({ environment: { A: "1", B: "3" }, routes: [{ path: "/c" }] });
  });

  test.each([
    {
      title: "a secret's other source",
      base: "secrets: { A: { secretsManager: shop, jsonKey: a } }",
      override: "secrets: { A: { ssm: /a } }",
      expected: { secrets: { A: { ssm: "/a" } } },
    },
    {
      title: "a secret's other source, and not whether its versions are deployed",
      base: "secrets: { A: { secretsManager: shop, redeployOnChange: true }, B: { ssm: /b, redeployOnChange: true } }",
      override: "secrets: { A: { ssm: /a }, B: { redeployOnChange: false } }",
      expected: { secrets: { A: { ssm: "/a", redeployOnChange: true }, B: { ssm: "/b", redeployOnChange: false } } },
    },
    {
      title: "a variable instead of a secret",
      base: "secrets: { A: { ssm: /a }, B: { ssm: /b } }",
      override: 'environment: { A: "1" }',
      expected: { environment: { A: "1" }, secrets: { B: { ssm: "/b" } } },
    },
    {
      title: "a secret instead of a variable",
      base: 'environment: { A: "1", B: "2" }',
      override: "secrets: { A: { ssm: /a } }",
      expected: { environment: { B: "2" }, secrets: { A: { ssm: "/a" } } },
    },
    {
      title: "another strategy",
      base: "routes: [{ path: / }]\ndeployment: { strategy: CANARY, canaryPercent: 5, bakeTimeMinutes: 9 }",
      override: "deployment: { strategy: LINEAR, stepPercent: 20 }",
      expected: { deployment: { strategy: "LINEAR", stepPercent: 20, bakeTimeMinutes: 9 } },
    },
    {
      title: "the rolling strategy",
      base: "routes: [{ path: / }]\ndeployment: { strategy: CANARY, canaryPercent: 5, bakeTimeMinutes: 9 }",
      override: "deployment: { strategy: ROLLING }",
      expected: { deployment: { strategy: "ROLLING" } },
    },
  ])("in an environment, $title unsets what it excludes", ({ base, override, expected }) => {
    write("api", `${minimal}${base}\nenvironments:\n  prod:\n    ${override}\n`);
    const prod = load("prod")[0]! as unknown as Record<string, unknown>;
    for (const [key, value] of Object.entries(expected)) expect(prod[key]).toEqual(value);
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

test("a manifest that can't be read is one problem, not also one of each service that names it", () => {
  write("api", "name: [api\n\tport");
  write("web", "name: web\ncontainerPort: 80\ncalls: [api]\n");
  expect(problems().map(({ code, file }) => [code, file])).toEqual([["FL1001", join(folder, "api/service.yaml")]]);
});

test("all problems of all manifests come at once, readable, and without a stack", () => {
  write("api", `${minimal}memoryMib: 512\ncpu: fast\n`);
  write("web", "name: web\ncontainerPort: 99999\n");
  const text = formatProblems(problems(), folder);
  expect(text).toContain("api/service.yaml:3:1  FL1002");
  expect(text).toContain("  3 | memoryMib: 512\n    | ^");
  expect(text).toContain("api/service.yaml:4:6  FL1003");
  expect(text).toContain("web/service.yaml:2:16  FL1005");
  expect(text).toMatch(/3 problems\. Nothing was changed\.$/);
  expect(text).not.toMatch(/^\s+at /m);
});

test("problems are told from the top of each file to its end", () => {
  write("api", `${minimal}scaling: true\nkind: workr\ncpu: fast\n`);
  expect(problems().map(({ line, code }) => [line, code])).toEqual([
    [3, "FL1003"],
    [4, "FL1005"],
    [5, "FL1003"],
  ]);
});

test.each(["", "- a\n- b\n", "just text\n", "null\n", "? [a]\n: b\n"])("never crashes on %j", (manifest) => {
  write("api", manifest);
  expect(problems().length).toBeGreaterThan(0);
});

test.each(["api-", "api--web", "a", "a".repeat(41)])("a name that no repository could have is told where it stands: %s", (name) => {
  write("api", `name: ${name}\ncontainerPort: 3000\n`);
  expect(problems()).toMatchObject([{ code: "FL1005", line: 1, column: 7, problem: expect.stringContaining("name is ") as string }]);
});

test("a worker reads its queue, and everybody else fills it", () => {
  write("api", `${minimal}uses: [{ name: jobs }]\n`);
  write("mailer", "name: mailer\nkind: worker\nuses: [{ name: jobs }, { name: orders }]\n");
  expect(load().map(({ name, uses }) => [name, uses.map(({ access }) => access)])).toEqual([
    ["api", ["write"]],
    ["mailer", ["read", "readWrite"]],
  ]);
});

test("on instances of one's own any size will do", () => {
  write("api", `${minimal}cpu: 300\ncapacityProviderStrategy: [{ capacityProvider: graviton }]\n`);
  expect(load()[0]!.cpu).toBe(300);
});

test("capacity is Fargate's by its whole name: a provider of the cluster's own may begin like it", () => {
  write("api", `${minimal}cpu: 300\ncapacityProviderStrategy: [{ capacityProvider: FARGATE-like }]\n`);
  expect(problems("dev", { ...offers, capacityProviders: ["FARGATE-like"] })).toEqual([]);
});
