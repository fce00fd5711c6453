import { spawn } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { FixtureRepository } from "../testing/fixtureRepository";
import { FakeAws } from "../testing/smoke/fakeAws";

const command = join(__dirname, "../bin/fairlead.js");
const secret = "a-planted-secret-of-the-stack";
const repository = new FixtureRepository();
const aws = new FakeAws();
let endpoint: string;

beforeAll(async () => {
  endpoint = await aws.listen();
  repository.write("package.json", "{}");
  mkdirSync(join(repository.folder, "tools/fairlead/bin"), { recursive: true });
  cpSync(join(__dirname, "../testing/smoke/fakePlan.js"), join(repository.folder, "tools/fairlead/bin/fairlead.js"));
  repository.write(".gitignore", "node_modules\n");
  repository.commit("What smoke needs");
});
afterAll(() => {
  aws.close();
  repository.remove();
});
beforeEach(() => Object.assign(aws, { tagged: [], knows: true }));

interface Wanted {
  stack?: string;
  args?: string[];
  /** A command of Pulumi's that fails, or goes on until Ctrl-C. */
  fails?: string;
  hangs?: string;
  /** Whether Pulumi makes a new revision of a version that it then refuses. */
  slips?: boolean;
  /** Whether Pulumi prints something after its JSON of the configuration. */
  garbles?: boolean;
  /** What the stack has before. */
  resources?: object[];
  plan?: object;
}

const unasked = ["--yes", "--account", "123456789012"];

/** Runs the command as a process: what it printed, what it asked of Pulumi, its report. */
async function smoke({ stack = "dev", args = unasked, fails, hangs, slips, garbles, resources = [], plan = {} }: Wanted) {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-test-smoke-"));
  mkdirSync(join(folder, "bin"));
  mkdirSync(join(folder, "tmp"));
  cpSync(join(__dirname, "../testing/smoke/fakePulumi.js"), join(folder, "bin/pulumi"));
  chmodSync(join(folder, "bin/pulumi"), 0o755);
  writeFileSync(join(folder, "wanted.json"), JSON.stringify({ fails, hangs, slips, garbles, secret }));
  writeFileSync(join(folder, "state.json"), JSON.stringify(resources));
  const report = join(folder, "report.md");
  const child = spawn(process.execPath, [command, "smoke", stack, ...args, "--report", report, "--json"], {
    cwd: repository.folder,
    env: {
      ...process.env,
      PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
      ...{ FAKE_PULUMI: folder, FAKE_PLAN: JSON.stringify(plan), TMPDIR: join(folder, "tmp"), NO_COLOR: "1", FORCE_COLOR: undefined },
      ...{
        AWS_ENDPOINT_URL: endpoint,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "another-planted-secret",
        AWS_REGION: "us-east-1",
      },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const asked = () => (existsSync(join(folder, "asked.txt")) ? readFileSync(join(folder, "asked.txt"), "utf8").trim().split("\n") : []);
  const watch = setInterval(() => {
    if (!hangs || !asked().includes(hangs)) return;
    clearInterval(watch);
    child.kill("SIGINT");
  }, 100);
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(watch);
  const markdown = existsSync(report) ? readFileSync(report, "utf8") : "";
  const steps = stdout ? (JSON.parse(stdout) as { steps: { title: string; outcome: string; seen: string }[] }).steps : [];
  const outcomes = Object.fromEntries(steps.map(({ title, outcome }) => [title, outcome]));
  const left = readdirSync(join(folder, "tmp"));
  const changes = asked().filter((each) => /^(up|preview|destroy)/.test(each));
  rmSync(folder, { recursive: true, force: true });
  return { status, stdout, stderr, markdown, outcomes, changes, left };
}

test("a day goes from up to nothing left, in this order; what an emulator can't tell is said so", async () => {
  const { status, stderr, outcomes, changes, left } = await smoke({});
  expect([status, stderr]).toEqual([0, expect.stringContaining("Passed. The report: ") as string]);
  expect(Object.entries(outcomes)).toEqual([
    ["up", "passed"],
    ["a second up", "passed"],
    ["an image for another platform", "passed"],
    ["an image without its program", "passed"],
    ["a crash is rolled back", "not judged here"],
    ["a canary", "not judged here"],
    ["rollback to the commit before", "passed"],
    ["a service is retired", "passed"],
    ["a database is restored", "not judged here"],
    ["destroy", "passed"],
    ["nothing left", "passed"],
  ]);
  const second = ["preview --refresh --expect-no-changes", "up --expect-no-changes"];
  expect(changes).toEqual(["up", ...second, "up", "up", "up", "up", "up", "destroy"]);
  expect(left).toEqual([]);
});

test("before anything is created it says account, region, services, price, tag, and that files are left alone", async () => {
  const { stderr } = await smoke({});
  for (const text of [
    "account    123456789012, of an emulator at 127.0.0.1:",
    "region     us-east-1",
    "services   api, report-writer",
    "fairlead:smoke=dev-",
    "a month; for the",
    "Your files are left as they are",
  ]) {
    expect(stderr).toContain(text);
  }
  expect(repository.git("status", "--porcelain")).toBe("");
});

test("after a failure it stops, shows the diagnosis, and destroys what was made", async () => {
  const { status, outcomes, changes, stderr, left } = await smoke({ fails: "up --expect-no-changes" });
  expect([status, changes.at(-1)]).toEqual([1, "destroy"]);
  expect(outcomes).toMatchObject({
    "a second up": "failed",
    "an image for another platform": "not run",
    destroy: "passed",
    "nothing left": "passed",
  });
  expect(stderr).toContain("error: it went wrong");
  expect(left).toHaveLength(1);
});

test("a version that is refused, and of which a new revision is there all the same, is a failure", async () => {
  const { status, outcomes, markdown } = await smoke({ slips: true });
  expect([status, outcomes["an image without its program"]]).toEqual([1, "failed"]);
  expect(markdown).toContain("It was refused, but something changed:");
  expect(markdown).toContain("task-definition/dev-api:0");
});

test("with --keep it destroys nothing, and says what that means", async () => {
  const { status, outcomes, changes, stderr } = await smoke({ args: [...unasked, "--keep"] });
  expect([status, outcomes.destroy, changes.includes("destroy")]).toEqual([0, "left out", false]);
  expect(stderr).toContain("goes on costing until `pulumi destroy -s dev`");
});

test("Ctrl-C ends Pulumi's command as Pulumi ends it, and then destroys", async () => {
  const { status, outcomes, changes, markdown } = await smoke({ hangs: "up --expect-no-changes" });
  expect([status, changes.at(-1)]).toEqual([1, "destroy"]);
  expect(outcomes).toMatchObject({ "a second up": "failed", "a service is retired": "not run", destroy: "passed" });
  expect(markdown).toContain("Interrupted by Ctrl-C.");
  expect(markdown).toContain("error: update canceled");
});

test("what is left by its tag is a failure, but for what is kept on purpose", async () => {
  const definition = "arn:aws:ecs:us-east-1:123456789012:task-definition/dev-api:1";
  aws.tagged = [definition];
  expect(await smoke({})).toMatchObject({ status: 0, markdown: expect.stringContaining("task definition, which costs nothing") as string });
  aws.tagged = [definition, "arn:aws:sqs:us-east-1:123456789012:left"];
  expect(await smoke({})).toMatchObject({ status: 1, outcomes: { "nothing left": "failed" } });
});

test("the report has no secret, no login, and of the account its last digits", async () => {
  const { markdown, stdout } = await smoke({ fails: "up --expect-no-changes" });
  for (const text of [markdown, stdout]) {
    expect(text).toContain("it went wrong in account ********9012, with [secret] and //…@example.com");
    expect(text).not.toMatch(/123456789012|planted|password@/);
  }
  for (const text of ["# fairlead smoke: failed", "| pulumi | v3.0.0-fake |", "| a second up | failed |", "is not AWS"]) {
    expect(markdown).toContain(text);
  }
  expect((await smoke({ args: [...unasked, "--show-account"] })).markdown).toContain("| account | 123456789012 |");
});

const queue = { urn: "urn:pulumi:dev::fairlead::aws:sqs/queue:Queue::orders", type: "aws:sqs/queue:Queue", custom: true };

test.each<Wanted & { why: string; code: string; says: string }>([
  { why: "a stack with resources", resources: [queue], code: "FL2601", says: "has 1 resources (aws:sqs/queue:Queue orders" },
  { why: "deletion protection", plan: { isProtected: true }, code: "FL2602", says: "aws:rds/cluster:Cluster accounts" },
  { why: "another account", args: ["--yes", "--account", "210987654321"], code: "FL2603", says: "belong to the account ********9012" },
  { why: "no account named", args: ["--yes"], code: "FL2603", says: "--yes needs --account" },
  { why: "nobody to ask", args: [], code: "FL2603", says: "no terminal" },
  { why: "mandatory policies, unasked", stack: "prod", code: "FL2603", says: "somebody has to type its name" },
  { why: "a stack that Pulumi can't read", fails: "stack export", code: "FL2605", says: "Pulumi can't read the stack dev" },
])("it refuses $why, and nothing is created", async ({ code, says, ...wanted }) => {
  const { status, stderr, changes, markdown, left } = await smoke(wanted);
  expect({ status, changes, markdown, left }).toEqual({ status: 2, changes: [], markdown: "", left: [] });
  expect(stderr).toContain(code);
  expect(stderr).toContain(says);
});

test.each<Wanted & { why: string; says: string }>([
  { why: "can't decrypt the configuration", fails: "config --show-secrets", says: "the secrets can't be decrypted" },
  { why: "prints a configuration that is no JSON", garbles: true, says: "printed no JSON" },
])("where Pulumi $why, no secret of it is shown", async ({ says, ...wanted }) => {
  const { status, stdout, stderr, left } = await smoke(wanted);
  expect({ status, left }).toEqual({ status: 2, left: [] });
  expect(stderr).toContain("FL2605");
  expect(stderr).toContain(says);
  expect(stdout + stderr).not.toContain("planted");
});

test("it refuses credentials that AWS doesn't know", async () => {
  aws.knows = false;
  expect(await smoke({})).toMatchObject({ status: 2, changes: [], stderr: expect.stringContaining("FL2604") as string });
});
