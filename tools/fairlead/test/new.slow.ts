import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { Workspace } from "@fairlead/nx-plugin/testing/workspace";

const bin = resolve(__dirname, "../bin/fairlead.js");
const workspace = new Workspace();
afterAll(() => workspace.delete());
afterEach(() => workspace.reset());

const fairlead = (...args: string[]) => workspace.run(bin, ...args);

describe("without a terminal", () => {
  test("nx writes it, and says what is next", () => {
    const { status, output } = fairlead("new", "service", "fresh", "--template", "worker", "--owner", "shop");
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining("CREATE apps/fresh/service.yaml") as string });
    expect(output).toContain("npx nx test fresh");
    const again = fairlead("new", "service", "fresh", "--template", "go", "--owner", "shop");
    expect(again.status).toBe(1);
    expect(again.output).toContain('apps/fresh holds the service "fresh" already');
    expect(again.output).not.toMatch(/stack trace|\n\s+at /i);
  });

  test("a dry run writes nothing", () => {
    const { output } = fairlead("new", "service", "fresh", "--template", "worker", "--owner", "shop", "--dry-run");
    expect(output).toContain("CREATE apps/fresh/service.yaml");
    expect(workspace.changed()).toEqual([]);
  });
});

describe("an environment", () => {
  test("has a plan like the other's, and is an nx project", () => {
    const { status, output } = fairlead("new", "environment", "pre-live");
    expect({ status, output }).toEqual({ status: 0, output: expect.stringContaining("CREATE stacks/pre-live.ts") as string });
    // Digests of a build's and a service's arguments, among which are folders and addresses that have the environment's name.
    const digests = /"(build|settings)":"[0-9a-f]+"/g;
    const plan = (stack: string) => fairlead("preview", stack, "--json").stdout.replace(digests, "");
    expect(plan("pre-live")).toBe(plan("rehearsal").replace(/\brehearsal\b/g, "pre-live"));
    expect(plan("roles")).toContain("repo:example/fixture:environment:pre-live");
    expect(workspace.affectedBy(["stacks/pre-live.ts"])).toEqual({ "stacks/pre-live.ts": ["pre-live"] });
  });

  test("in an account of its own has the id, whatever nx takes digits for", () => {
    const { status, output } = fairlead("new", "environment", "pre-live", "--account", "111122223333");
    expect({ status, output }).toEqual({
      status: 0,
      output: expect.stringContaining("with the credentials of account 111122223333") as string,
    });
    expect(workspace.read("stacks/Pulumi.pre-live.yaml")).toContain('aws:allowedAccountIds: ["111122223333"]');
  });

  test("in another region says what it needs, and a region that AWS does not have is refused", () => {
    const { output } = fairlead("new", "environment", "pre-live", "--region", "mars-1");
    expect(output).toContain('There is no AWS region "mars-1"');
    expect(workspace.changed()).toEqual([]);
    expect(fairlead("new", "environment", "pre-live", "--region", "us-west-2").status).toBe(0);
    expect(fairlead("preview", "pre-live").output).toContain("pulumi config set certificateArn <arn> -s pre-live");
  });
});

const hasTerminals = process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
(hasTerminals ? test : test.skip)("on a terminal nx asks, and Ctrl-C ends it quietly", async () => {
  const command = `stty cols 100 rows 40; '${process.execPath}' '${bin}' new service`;
  const terminal = spawn("script", ["--quiet", "--return", "--command", command, "/dev/null"], {
    cwd: workspace.folder,
    env: workspace.environment,
  });
  let output = "";
  for await (const chunk of terminal.stdout) {
    output += String(chunk);
    if (output.includes("What is the service called?") && terminal.stdin.writable) terminal.stdin.end("\x03");
  }
  const [code] = terminal.exitCode === null ? ((await once(terminal, "exit")) as [number]) : [terminal.exitCode];
  expect(code).toBe(130);
  expect(output).not.toMatch(/\n\s+at |Error/);
  expect(workspace.changed()).toEqual([]);
});
