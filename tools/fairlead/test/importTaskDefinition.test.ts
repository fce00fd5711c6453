import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

let repository: FixtureRepository;
let source: string;
beforeEach(() => {
  repository = new FixtureRepository();
  source = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-taskdef-")));
});
afterEach(() => {
  repository.remove();
  rmSync(source, { recursive: true, force: true });
});

const planted = "Zq8vXn2LpR7sTw4YbK1mJh5D";
const shop = {
  family: "shop",
  networkMode: "awsvpc",
  requiresCompatibilities: ["FARGATE"],
  cpu: "512",
  memory: "1024",
  executionRoleArn: "arn:aws:iam::111122223333:role/ecsTaskExecutionRole",
  containerDefinitions: [
    {
      name: "web",
      image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.0",
      portMappings: [{ containerPort: 8080, hostPort: 8080, protocol: "tcp" }],
      environment: [{ name: "DB_PASSWORD", value: planted }],
      logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/ecs/shop", "awslogs-region": "eu-west-1" } },
    },
  ],
};

function write(definition: object, name = "task-definition.json"): string {
  const file = join(source, name);
  writeFileSync(file, JSON.stringify(definition));
  return file;
}

const run = (...args: string[]) => runCommand(repository.folder, "import", "task-definition", ...args);
const read = (path: string) => readFileSync(join(repository.folder, path), "utf8");
const state = () => repository.git("status", "--porcelain", "--untracked-files=all");

test("a task definition is taken over to a plan, without its secret, and a second import changes nothing", async () => {
  const file = write(shop);
  const first = await run(file, "--remove-examples");
  expect(first).toMatchObject({ status: 0, stderr: "" });
  expect(first.stdout).toMatch(/^shop: 1 service, 1 environment \(prod\)$/m);
  expect(first.stdout).toMatch(/^prod: \d+ resources, \d+ findings of the policies, at least \$[\d.]+ a month/m);
  expect(read("apps/shop/service.yaml")).toContain("image: 111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1.4.0");
  expect(read("stacks/Pulumi.prod.yaml")).toContain('aws:allowedAccountIds: ["111122223333"]');
  const files = ["apps/shop/service.yaml", "import-report.md", "stacks/prod.ts", "stacks/Pulumi.prod.yaml"];
  expect([first.stdout, ...files.map(read)].join("\n")).not.toContain(planted);
  const before = state();
  const second = await run(file, "--remove-examples");
  expect(second.stdout).toMatch(/^Nothing changes: all \d+ files are there already\.$/m);
  expect(state()).toBe(before);
});

test("what was exported can be imported again", async () => {
  const out = join(source, "exported");
  await runCommand(repository.folder, "export", "task-definition", "dev", "--planned", "--out", out);
  const { stdout, stderr } = await run(
    join(out, "web/task-definition.json"),
    "--image",
    "example.com/web:1",
    "--remove-examples",
    "--dry-run",
    "--json",
  );
  expect(stderr).toBe("");
  const { services, findings } = JSON.parse(stdout) as { services: string[]; findings: { outcome: string; source: string }[] };
  expect(services).toEqual(["dev-web"]);
  const lost = findings.filter(({ outcome }) => outcome === "dropped");
  expect(lost).toEqual([]);
});

const built = { ...shop, containerDefinitions: [{ ...shop.containerDefinitions[0], image: "<IMAGE>" }] };

test("of a folder without git the sources of an image are copied, or it is said that they lie outside", async () => {
  const file = write(built);
  writeFileSync(join(source, "Dockerfile"), "FROM scratch\nUSER 1001\n");
  writeFileSync(join(source, "main.js"), "start();\n");
  const { stdout } = await run(file, "--remove-examples", "--dry-run");
  expect(stdout).toMatch(/decide .*task-definition\.json:1:\d+ .*shop: containerDefinitions\[0\]\.image\n.*outside of this repository/);
  const copied = await run(file, "--remove-examples", "--copy-sources");
  expect(copied).toMatchObject({ status: 0, stderr: "" });
  expect(copied.stdout).not.toContain("outside of this repository");
  expect(read("apps/shop/service.yaml")).toMatch(/^build:\n {2}context: source\n {2}dockerfile: source\/Dockerfile$/m);
  expect(read("apps/shop/source/main.js")).toBe("start();\n");
  expect(readdirSync(join(repository.folder, "apps/shop/source")).sort()).toEqual(["Dockerfile", "main.js"]);
});

test("a dry run plans nothing, and says nothing of a plan on a terminal", async () => {
  const { isTTY } = process.stderr;
  process.stderr.isTTY = true;
  try {
    expect(await run(write(shop), "--remove-examples", "--dry-run")).toMatchObject({ status: 0, stderr: "" });
    expect((await run(write(shop), "--remove-examples")).stderr).toContain("planning what was imported");
  } finally {
    process.stderr.isTTY = isTTY;
  }
});

test("files of several repositories are not imported as one: FL2906", async () => {
  const other = new FixtureRepository();
  try {
    other.write("task-definition.json", JSON.stringify(shop));
    const { status, stderr } = await run(write(shop), join(other.folder, "task-definition.json"));
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^FL2906 .* lies in another repository than .*\n {2}expected: .*\n {2}fix: /) as string,
    });
  } finally {
    other.remove();
  }
});

test("a mistake in the source is shown with its line, and nothing is written", async () => {
  const { status, stderr } = await run(write({ ...shop, cpu: "half" }), "--remove-examples");
  expect(status).toBe(1);
  expect(stderr).toMatch(/task-definition\.json:1:\d+ {2}FL2904 {2}cpu is "half"[^]*expected: CPU units/);
  expect(state()).toBe("");
});

test.each([
  ["a file that is not there", ["none.json"], /^FL2906 there is no file none\.json\.\n {2}expected: .*\n {2}fix: /],
  ["an environment that can't be one", ["x.json", "--environment", "Prod!"], /Expected 2 to 40 lower-case letters/],
])("%s is refused", async (_, args, expected) => {
  const { status, stderr } = await run(...args);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(expected) as string });
  expect(existsSync(join(repository.folder, "import-report.md"))).toBe(false);
});

test("docs/manifest-from-task-definition.md is what the import translates by", async () => {
  const page = readFileSync(join(__dirname, "../../../docs/manifest-from-task-definition.md"), "utf8");
  expect((await runCommand(repository.folder, "import", "task-definition-keys")).stdout).toBe(page);
});

test.each(["data", "index", "function"])("an environment can't be called %s: FL2908", async (name) => {
  const { status, stderr } = await run(write(shop), "--remove-examples", "--environment", name);
  expect([status, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^FL2908 [^]*${name}`))]);
  expect(state()).toBe("");
});

test("families of one long name become services of different names", async () => {
  const family = "a".repeat(60);
  const { stdout, stderr } = await run(
    write({ ...shop, family }),
    write({ ...shop, family }, "other.json"),
    "--remove-examples",
    "--dry-run",
  );
  expect(stderr).toBe("");
  expect(stdout).toContain(`apps/${"a".repeat(40)}/service.yaml`);
  expect(stdout).toContain(`apps/${"a".repeat(38)}-2/service.yaml`);
});
