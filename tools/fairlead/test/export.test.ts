import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse } from "yaml";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";

const repository = new FixtureRepository();
let out: string;
beforeEach(() => void (out = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-export-")))));
afterEach(() => rmSync(out, { recursive: true, force: true }));
afterAll(() => repository.remove());

const run = (...args: string[]) => runCommand(repository.folder, "export", ...args);
const read = (path: string) => readFileSync(join(out, path), "utf8");
const planted = "planted-5b2c7e1f90";

/** A state with a service's queue, and a secret in it, as `pulumi stack export --show-secrets` has it. */
function writeState(stack = "dev"): string {
  const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: `"${planted}"` };
  const url = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders";
  const resource = (type: string, name: string, rest: object) => ({
    type,
    urn: `urn:pulumi:${stack}::shop::${type}::${name}`,
    custom: true,
    ...rest,
  });
  const resources = [
    resource("aws:sqs/queue:Queue", "orders", { id: url, inputs: {}, outputs: { url, policy: secret } }),
    resource("aws:rds/cluster:Cluster", "accounts", {
      id: "accounts",
      inputs: { masterPassword: secret },
      outputs: { clusterIdentifier: secret },
    }),
  ];
  const file = join(out, "state.json");
  writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }));
  return file;
}

test("a Compose file of its own: every path leads somewhere, and it says how to start it", async () => {
  const folder = join(out, "compose");
  const { status, stdout, stderr } = await run("compose", "dev", "--out", folder);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^It answers at http:\/\/localhost:8080\/ after/m);
  const text = read("compose/compose.yaml");
  expect(text).toMatch(/^# docker compose up --build$/m);
  const { services } = parse(text) as {
    services: Record<string, { build?: { context: string }; volumes?: { type: string; source: string }[] }>;
  };
  const paths = Object.values(services).flatMap(({ build, volumes = [] }) => [
    ...(build ? [build.context] : []),
    ...volumes.filter(({ type }) => type === "bind").map(({ source }) => source),
  ]);
  expect(paths).toContainEqual(expect.stringMatching(/apps\/web$/));
  expect(paths).toContain("./tls/ca.pem");
  expect(paths.filter((path) => !existsSync(resolve(folder, path)))).toEqual([]);
});

test("an export is written once, and over nothing: FL3004", async () => {
  expect((await run("compose", "dev", "--out", out)).status).toBe(0);
  expect((await run("compose", "dev", "--out", out)).stdout).toContain("Nothing changes: 1 file in ");
  writeFileSync(join(out, "compose.yaml"), "mine\n");
  const { status, stderr } = await run("compose", "dev", "--out", out);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^FL3004 1 file in the way, with other contents\. Nothing was written\.\n {2}.*compose\.yaml\n {2}fix: /);
  expect(read("compose.yaml")).toBe("mine\n");
});

test("task definitions of a plan say what is to be filled in", async () => {
  const { status, stdout } = await run("task-definition", "dev", "--planned", "--out", out);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^dev: 4 task definitions, from its plan\nTo be filled in, \d+ values that AWS refuses/);
  expect(readdirSync(out).sort()).toEqual(["README.md", "accounts-migration", "api", "report-writer", "web"]);
  const definition = JSON.parse(read("web/task-definition.json")) as { family: string; taskRoleArn: string };
  expect(definition).toMatchObject({ family: "dev-web", taskRoleArn: "<arn of aws:iam/role:Role web-task>" });
  expect(JSON.parse(read("web/service.json"))).toMatchObject({ cluster: "dev", taskDefinition: "dev-web" });
  expect(JSON.parse(read("accounts-migration/run-task.json"))).toMatchObject({ cluster: "dev", count: 1 });
  expect(read("README.md")).toContain("- `<arn of aws:iam/role:Role web-task>`: known after deployment");
});

test("without a state to be had the plan is taken, and that is said", async () => {
  const { PATH } = process.env;
  process.env.PATH = dirname(process.execPath);
  try {
    const { status, stdout } = await run("task-definition", "dev", "--out", out);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^No state could be read, so that this is the plan:\n {2}FL3001 There is no Pulumi CLI/);
  } finally {
    process.env.PATH = PATH;
  }
});

test("import blocks of a state, without anything of its secrets", async () => {
  const state = writeState();
  const { status, stdout, stderr } = await run("terraform-import", "dev", "--state", state, "--out", join(out, "tf"));
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^dev: 1 resource to import, 1 not\n {2}aws:rds\/cluster:Cluster accounts\n {4}The state lacks/);
  expect(read("tf/imports.tf")).toContain('to = aws_sqs_queue.orders\n  id = "https://sqs.eu-west-1.amazonaws.com/111122223333/orders"');
  const { stdout: json } = await run("terraform-import", "dev", "--state", state, "--json");
  expect((JSON.parse(json) as { blocks: object[] }).blocks).toHaveLength(1);
  for (const text of [stdout, json, read("tf/imports.tf"), read("tf/versions.tf")]) expect(text).not.toContain(planted);
});

test("--json alone writes nothing", async () => {
  const { stdout } = await run("compose", "dev", "--json");
  expect(Object.keys((JSON.parse(stdout) as { files: object }).files)).toEqual(["compose.yaml"]);
  expect(existsSync(join(repository.folder, "exported"))).toBe(false);
});

test.each([
  ["a file that is not there", () => join(out, "none.json"), /^FL3001 .*none\.json can't be read: ENOENT/],
  ["another stack's state", () => writeState("prod"), /^FL3001 .*state\.json is the state of prod\.\n {2}expected: that of dev/],
])("%s is no state of the stack: FL3001", async (_, state, expected) => {
  const { status, stderr } = await run("terraform-import", "dev", "--state", state(), "--out", join(out, "tf"));
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(expected) as string });
  expect(existsSync(join(out, "tf"))).toBe(false);
});

test("a folder that can't be one is told in a sentence", async () => {
  const file = writeState();
  const { status, stderr } = await run("terraform-import", "dev", "--state", file, "--out", join(file, "below"));
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/can't be written: (ENOTDIR|EEXIST)/) as string });
});
