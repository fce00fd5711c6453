import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { manifestNames } from "@fairlead/model";
import { logger } from "@nx/devkit";
import { parse } from "yaml";

import serviceGenerator, { type ServiceOptions } from "../src/generators/service/generator";
import schema from "../src/generators/service/schema.json";
import { serviceProject } from "../src/inference/serviceProject";
import { readWorkspace } from "../src/inference/workspace";
import { runnable, templates } from "../testing/templates";
import { Workspace } from "../testing/workspace";

const workspace = new Workspace();
afterAll(() => workspace.delete());
afterEach(() => workspace.reset());

let said = "";
beforeEach(() => {
  said = "";
  jest.spyOn(logger, "info").mockImplementation((text) => void (said += text));
  jest.spyOn(logger, "warn").mockReset().mockImplementation();
});

const generate = (options: Partial<ServiceOptions> & { name: string }) =>
  workspace.generate(serviceGenerator, { owner: "shop", ...options });
const targetsOf = (name: string) => serviceProject(`apps/${name}`, readWorkspace(workspace.folder)).targets!;

describe.each(templates)("the template %s", (template) => {
  test.each([undefined, "/"])("leaves a program with green tests; path: %s", (path) => {
    // It has /* here.
    workspace.remove("apps/shop");
    generate({ name: "fresh", template, path });
    expect(said).toContain("npx nx test fresh");
    if (!runnable(template)) return;
    const { status, stdout, stderr } = spawnSync("sh", ["-c", targetsOf("fresh").test!.options.command as string], {
      cwd: join(workspace.folder, "apps/fresh"),
      encoding: "utf8",
    });
    expect({ status, output: status === 0 ? "" : `${stdout}${stderr}` }).toEqual({ status: 0, output: "" });
    if (template === "go") expect(execFileSync("gofmt", ["-l", join(workspace.folder, "apps/fresh")], { encoding: "utf8" })).toBe("");
  });

  test("does nothing the second time", () => {
    generate({ name: "fresh", template });
    workspace.commit();
    generate({ name: "fresh", template });
    expect(said).toContain("apps/fresh is what it would be: there is nothing to write.");
    expect(workspace.changed()).toEqual([]);
  });
});

test("what is written is formatted as this repository is", () => {
  for (const template of templates) generate({ name: `my-${template}`, template });
  const files = workspace.changed().filter((file) => /\.(js|json|yaml|html)$/.test(file));
  const config = resolve(__dirname, "../../../.prettierrc.json");
  execFileSync("npx", ["--no-install", "prettier", "--config", config, "--check", ...files], { cwd: workspace.folder, stdio: "pipe" });
});

test("next steps are commands that there are", () => {
  workspace.write("apps/legacy/Dockerfile", "FROM scratch\nEXPOSE 9000\n");
  generate({ name: "legacy", template: "dockerfile" });
  expect(Object.keys(targetsOf("legacy"))).not.toContain("test");
  expect(said).not.toContain("npx nx test");
  said = "";
  generate({ name: "fresh", template: "go", directory: "elsewhere/fresh" });
  expect(said).not.toMatch(/npx nx|npm start|npx fairlead/);
});

test("a service is run by `local watch` where the stack reads it that this takes by itself", () => {
  generate({ name: "fresh", template: "worker" });
  expect(said).toContain("npx fairlead local watch");
  workspace.write("stacks/Pulumi.local.yaml", "config:\n  fixture:appsDirectory: elsewhere\n");
  said = "";
  generate({ name: "another", template: "worker" });
  expect(said).not.toContain("local watch");
});

describe.each(["node-api", "worker", "static-web"])("the image of %s", (template) => {
  // git ignores it, so that a reset leaves it.
  afterEach(() => rmSync(join(workspace.folder, "apps/fresh/node_modules"), { recursive: true, force: true }));

  const install = () => {
    generate({ name: "fresh", template });
    const folder = join(workspace.folder, "apps/fresh");
    const [, command = ""] = /^RUN (.*)$/m.exec(workspace.read("apps/fresh/Dockerfile")) ?? [];
    const npm = `npm() { echo "npm $*"; }; ${command}`;
    return { folder, run: () => execFileSync("sh", ["-c", npm], { cwd: folder, encoding: "utf8" }) };
  };

  test("is built without a dependency, and asks no registry", () => {
    const { folder, run } = install();
    expect(run()).toBe("");
    expect(existsSync(join(folder, "node_modules"))).toBe(true);
  });

  test("has what `npm install` added", () => {
    const { run } = install();
    workspace.write("apps/fresh/package-lock.json", "{}");
    expect(run()).toMatch(/^npm ci --omit=dev /);
    expect(workspace.read("apps/fresh/.dockerignore")).toContain("!package*.json");
    expect(workspace.read("apps/fresh/Dockerfile")).toMatch(/^COPY package\*\.json [^]*^COPY --from=dependencies \/app\/node_modules /m);
  });
});

test.each([
  { directory: "elsewhere/fresh", reads: undefined, warns: "from apps/. Move it there, or let a stack read elsewhere/ instead" },
  { directory: "apps/more/fresh", reads: undefined, warns: "from apps/. Move it there, or let a stack read apps/more/ instead" },
  { directory: "elsewhere/fresh", reads: "./elsewhere/", warns: undefined },
  { directory: "apps/fresh", reads: "elsewhere", warns: undefined },
])("a service that no environment deploys is told: $directory, where one reads $reads", ({ directory, reads, warns }) => {
  if (reads) workspace.edit("stacks/Pulumi.live.yaml", (text) => `${text}  fixture:appsDirectory: ${reads}\n`);
  const warn = jest.spyOn(logger, "warn");
  generate({ name: "fresh", template: "worker", directory });
  expect(warn.mock.calls.flat().join("\n")).toContain(warns ? `No environment deploys ${directory}: they read services ${warns}` : "");
  expect(warn).toHaveBeenCalledTimes(warns ? 1 : 0);
  expect(said.includes("npx fairlead diff live --comment -")).toBe(directory.startsWith("elsewhere") && reads !== undefined);
});

test("a Dockerfile that is there gets a manifest, with the port that it exposes", () => {
  workspace.write("apps/legacy/Dockerfile", 'FROM scratch\nCOPY legacy /\nEXPOSE 9000\nCMD ["/legacy"]\n');
  generate({ name: "legacy", template: "dockerfile" });
  expect(workspace.read("apps/legacy/service.yaml")).toMatch(/containerPort: 9000\n/);
  generate({ name: "legacy", template: "dockerfile" });
  expect(said).toContain("there is nothing to write");
});

test.each(["shop", "team@example.com", 123, "0x10", "true"])("the manifest names its owner as a text: %s", (owner) => {
  generate({ name: "fresh", template: "worker", owner });
  expect(parse(workspace.read("apps/fresh/service.yaml"))).toMatchObject({ owner: String(owner) });
});

test("the command line takes the names that manifests take", () => {
  const { name, owner } = schema.properties;
  expect(name).toMatchObject({ pattern: manifestNames.service.pattern.source, maxLength: manifestNames.service.max });
  expect(owner).toMatchObject({ pattern: manifestNames.owner.pattern.source, maxLength: manifestNames.owner.max });
  for (const [property, rule] of [
    [name, manifestNames.service],
    [owner, manifestNames.owner],
  ] as const)
    // prettier-ignore
    expect(property.description).toContain(rule.allowed);
});

test("a path has no slash at its end", () => {
  generate({ name: "fresh", template: "go", path: "/elsewhere/" });
  expect(workspace.read("apps/fresh/service.yaml")).toContain("routes:\n  - path: /elsewhere\n  - path: /elsewhere/*\n");
});

test("a dry run writes nothing", () => {
  workspace.generate(serviceGenerator, { name: "fresh", template: "go", owner: "shop" }, { dryRun: true });
  expect(workspace.changed()).toEqual([]);
});

describe("refuses, and writes nothing,", () => {
  const refusal = (options: Partial<ServiceOptions> & { name: string }, message: RegExp) => {
    const before = workspace.changed();
    expect(() => generate(options)).toThrow(message);
    expect(workspace.changed()).toEqual(before);
  };

  test("a folder that holds a service of another template", () => {
    generate({ name: "fresh", template: "node-api" });
    refusal(
      { name: "fresh", template: "go" },
      /apps\/fresh holds the service "fresh" already, and the template go .*\(other contents: .*Dockerfile.*; not there: go\.mod, main/,
    );
  });

  test("a folder that holds the service with other options, or changed by hand", () => {
    generate({ name: "fresh", template: "worker" });
    refusal({ name: "fresh", template: "worker", owner: "others" }, /\(other contents: service\.yaml\)/);
    workspace.edit("apps/fresh/src/worker.js", (text) => `${text}// mine\n`);
    refusal({ name: "fresh", template: "worker" }, /\(other contents: src\/worker\.js\)/);
  });

  test("a folder that holds a program without a manifest", () => {
    workspace.write("apps/mine/Dockerfile", "FROM scratch\n");
    workspace.write("apps/mine/app.rb", "");
    refusal({ name: "mine", template: "go" }, /apps\/mine is not empty \(Dockerfile, app\.rb\).*\n.*--template dockerfile/);
  });

  test("names that are taken", () => {
    refusal({ name: "orders", template: "go", directory: "apps/other" }, /There is a service "orders" already, in apps\/orders/);
    workspace.edit("apps/orders/service.yaml", (text) => text.replace("name: orders", "name: purchases"));
    refusal({ name: "purchases", template: "go" }, /There is a service "purchases" already, in apps\/orders/);
    refusal({ name: "live", template: "go" }, /"live" is the name of a stack/);
  });

  test("a route that is taken", () => {
    refusal({ name: "fresh", template: "go", path: "/orders" }, /\/orders is a route of the service "orders" already, in apps\/orders/);
    refusal({ name: "fresh", template: "go", path: "/" }, /\/\* is a route of the service "shop" already/);
    expect(() => generate({ name: "fresh", template: "worker", path: "/" })).not.toThrow();
  });

  test("what can't be", () => {
    refusal({ name: "fresh", owner: "a: b" }, /^--owner "a: b" is not allowed\. .*letters, digits, spaces and ._@\//);
    refusal({ name: "nowhere", template: "dockerfile" }, /There is no apps\/nowhere\/Dockerfile/);
    refusal({ name: "fresh", template: "cobol" }, /There is no template "cobol"\. Templates: node-api, .*dockerfile\./);
    refusal({ name: "health", template: "go" }, /\/health is where the template's program answers health checks/);
    refusal({ name: "fresh", template: "go", directory: "../fresh" }, /outside the repository/);
    expect(existsSync(join(workspace.folder, "../fresh"))).toBe(false);
  });
});
