import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TestRepository } from "@fairlead/cli/testRepository";

const templates = ["node-api", "worker", "static-web", "go", "python"];
/** Programs that a template's own test needs; where there are none, the rest of what the template gives is still checked. */
const interpreters: Record<string, string[]> = { go: ["go", "version"], python: ["python3", "--version"] };
const isTestable = (template: string) => {
  const [program, ...args] = interpreters[template] ?? [];
  return program === undefined || spawnSync(program, args).status === 0;
};

let repository: TestRepository;
beforeAll(() => (repository = new TestRepository()));
afterAll(() => repository.remove());
afterEach(() => repository.reset());

/** nx in the copy, without its daemon, which would go on after the test. */
function nx(...args: string[]) {
  const env = { ...process.env, NX_DAEMON: "false", NO_COLOR: "1", NX_WORKSPACE_ROOT_PATH: repository.folder };
  const result = spawnSync("npx", ["--no-install", "nx", ...args], { cwd: repository.folder, env, encoding: "utf8" });
  return { ...result, output: `${result.stdout}${result.stderr}` };
}

const generate = (generator: string, ...args: string[]) => nx("generate", `@fairlead/nx-plugin:${generator}`, ...args, "--no-interactive");
const changed = () => repository.git("status", "--short", "--untracked-files=all").split("\n").filter(Boolean);
const list = (output: string) => (JSON.parse(output.slice(output.indexOf("["))) as string[]).sort();

/** What `nx affected -t preview` runs after a change. */
function affected(change: () => void): string[] {
  change();
  repository.commit("A change");
  return list(nx("show", "projects", "--affected", "--base=HEAD~1", "--head=HEAD", "--with-target", "preview", "--json").stdout);
}

const services = ["accounts-migration", "api", "report-writer", "web"];
const stacks = ["dev", "everything", "prod", "sandbox", "staging"];
const append = (file: string) => repository.edit(file, (text) => `${text}\n`);

describe("nx affected -t preview touches what a change touches", () => {
  test.each([
    { title: "a service's source", file: "apps/api/src/app.js", expected: ["api", "dev", "prod", "sandbox", "staging"] },
    { title: "one environment's composition", file: "stacks/prod.ts", expected: ["prod"] },
    { title: "one environment's configuration", file: "stacks/Pulumi.dev.yaml", expected: ["dev"] },
    { title: "what all stacks share", file: "stacks/service.ts", expected: stacks },
    { title: "the example stack", file: "examples/everything/everything.ts", expected: ["everything"] },
    { title: "a package", file: "packages/networking/src/loadBalancer.ts", expected: [...services, ...stacks].sort() },
    {
      title: "a package of the access alone",
      file: "packages/access/src/permissions.ts",
      expected: ["access"],
    },
    { title: "the access", file: "stacks/access.ts", expected: ["access"] },
    { title: "the documents", file: "README.md", expected: [] },
    { title: "a tool", file: "tools/bench/src/main.ts", expected: [] },
  ])("$title", ({ file, expected }) => expect(affected(() => append(file))).toEqual(expected), 60_000);
});

test("projects have the targets of their kind", () => {
  const targetsOf = (project: string) =>
    Object.keys((JSON.parse(nx("show", "project", project, "--json").stdout) as { targets: object }).targets);
  expect(targetsOf("api")).toEqual(expect.arrayContaining(["test", "build-image", "inspect", "preview", "up"]));
  expect(targetsOf("prod")).toEqual(expect.arrayContaining(["preview", "up", "refresh", "destroy"]));
}, 60_000);

describe("the generator of services", () => {
  test("leaves green tests and a green preview, whatever it is made from, and a second run changes nothing", () => {
    for (const template of templates)
      expect(generate("service", `my-${template}`, `--template=${template}`, "--owner=shop").status).toBe(0);
    const written = changed();
    const names = templates.filter(isTestable).map((template) => `my-${template}`);
    const tested = nx("run-many", "--target=test", `--projects=${names.join(",")}`, "--skip-nx-cache");
    expect({ status: tested.status, output: tested.status === 0 ? "" : tested.output }).toEqual({ status: 0, output: "" });
    const preview = repository.fairlead("preview", "prod", "-c", "uncommittedSources=build");
    expect(preview.stderr).toBe("");
    for (const template of templates) expect(preview.stdout).toContain(`✓ my-${template} `);
    expect(preview.status).toBe(0);
    for (const template of templates) generate("service", `my-${template}`, `--template=${template}`, "--owner=shop");
    expect(changed()).toEqual(written);
    const files = written.map((line) => line.slice(3));
    execFileSync("npx", ["--no-install", "prettier", "--check", ...files.filter((file) => /\.(js|json|yaml|html)$/.test(file))], {
      cwd: repository.folder,
      stdio: "pipe",
    });
  }, 180_000);

  test("writes nothing over what somebody wrote, and nothing at all in a dry run", () => {
    repository.write("apps/mine/Dockerfile", "FROM scratch\nEXPOSE 9000\n");
    repository.write("apps/mine/service.yaml", "name: mine\nowner: me\ncontainerPort: 9000\n");
    expect(generate("service", "mine", "--template=go", "--owner=shop").output).toContain("apps/mine/service.yaml is there already");
    expect(readFileSync(join(repository.folder, "apps/mine/service.yaml"), "utf8")).toBe("name: mine\nowner: me\ncontainerPort: 9000\n");
    expect(readFileSync(join(repository.folder, "apps/mine/Dockerfile"), "utf8")).toBe("FROM scratch\nEXPOSE 9000\n");
    const before = changed();
    expect(generate("service", "another", "--template=python", "--owner=shop", "--dry-run").output).toContain("CREATE apps/another/app.py");
    expect(changed()).toEqual(before);
  }, 60_000);

  test("takes a Dockerfile that is there, with the port that it exposes", () => {
    repository.write("apps/legacy/Dockerfile", 'FROM scratch\nCOPY legacy /\nEXPOSE 9000\nCMD ["/legacy"]\n');
    expect(generate("service", "legacy", "--template=dockerfile", "--owner=shop").status).toBe(0);
    expect(readFileSync(join(repository.folder, "apps/legacy/service.yaml"), "utf8")).toMatch(/containerPort: 9000\n/);
    const { status, output } = generate("service", "nowhere", "--template=dockerfile", "--owner=shop");
    expect(status).not.toBe(0);
    expect(output).toContain("There is no apps/nowhere/Dockerfile");
    expect(existsSync(join(repository.folder, "apps/nowhere"))).toBe(false);
  }, 60_000);

  test("refuses the name of another service", () => {
    const { status, output } = generate("service", "api", "--template=go", "--owner=shop", "--directory=apps/other");
    expect([status === 0, /There is a service "api" already, in apps\/api/.test(output)]).toEqual([false, true]);
  }, 60_000);
});

test("the generator of environments leaves a stack with a green preview, and is idempotent", () => {
  expect(generate("environment", "load-test", "--from=dev", "--region=eu-west-1").status).toBe(0);
  const written = changed();
  const preview = repository.fairlead("preview", "load-test");
  expect([preview.status, preview.stderr]).toEqual([0, ""]);
  expect(preview.stdout).toContain("Plan of fairlead/load-test");
  expect(preview.stdout).not.toMatch(/^├─ dev /m);
  expect(readFileSync(join(repository.folder, "stacks/Pulumi.load-test.yaml"), "utf8")).toContain("aws:region: eu-west-1");
  expect(generate("environment", "load-test", "--from=dev", "--region=eu-west-1").status).toBe(0);
  expect(changed()).toEqual(written);
  execFileSync("npx", ["--no-install", "tsc", "-p", "tsconfig.json"], { cwd: repository.folder, stdio: "pipe" });
}, 120_000);

test("the generator of components leaves a green test, and is idempotent", () => {
  expect(generate("component", "SharedBus", "--package=data").status).toBe(0);
  const written = changed();
  expect(generate("component", "SharedBus", "--package=data").status).toBe(0);
  expect(changed()).toEqual(written);
  execFileSync("npx", ["--no-install", "jest", "sharedBus"], { cwd: join(repository.folder, "packages/data"), stdio: "pipe" });
}, 120_000);
