import { elf, file, folder, layoutOf } from "@fairlead/inspection/testing/testImage";

import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";
import { FakeEngine } from "../testing/run/fakeEngine";

const repository = new FixtureRepository();
repository.edit(
  "apps/api/service.yaml",
  (text) => `${text}
environment:
  MODE: full
secrets:
  DATABASE_URL:
    secretsManager: shop/database
writableMounts: [/data]
ulimits:
  - name: nofile
    softLimit: 4096
    hardLimit: 8192
stopTimeoutSeconds: 20
sidecars:
  helper:
    image: public.ecr.aws/example/helper:1.0.0
`,
);
repository.edit("apps/api/Dockerfile", (text) => `${text}VOLUME /data\n`);
const engine = new FakeEngine();
let image: string;
beforeAll(async () => {
  const config = { Cmd: ["/app"], Env: ["PATH=/bin", "NO_PROXY=of-the-image"], Volumes: { "/data/": {} }, WorkingDir: "/" };
  image = await layoutOf([[file("app", elf()), folder("data", 0o755, 1000)]], config);
});
beforeEach(() => engine.does({}));
afterEach(() => expect(engine.leftovers).toEqual([]));
afterAll(() => {
  engine.remove();
  repository.remove();
});

const inspect = (...args: string[]) => runCommand(repository.folder, "inspect", image, ...args);
const task = ["--run", "--service", "api", "--stack", "dev", "--seconds", "1"];
const ended = (ExitCode: number, OOMKilled = false) => ({
  ExitCode,
  OOMKilled,
  StartedAt: "2026-11-28T13:36:00.000000000Z",
  FinishedAt: "2026-11-28T13:36:00.250000000Z",
});

test("what the stack requires of images is named as not checked", async () => {
  const required = "  fairlead:allowedRegistries: [public.ecr.aws]\n  fairlead:maximumSeverity: HIGH\n";
  repository.edit("stacks/Pulumi.prod.yaml", (config) => config + required);
  const of = async (...args: string[]) => (await inspect("--service", "api", ...args)).stdout;
  expect(await of("--stack", "prod")).toMatch(
    /\nThe stack's allowedRegistries, maximumSeverity were not checked: `pulumi up` does that\.\n$/,
  );
  expect(JSON.parse(await of("--stack", "prod", "--json"))).toMatchObject({
    requirementsNotChecked: ["allowedRegistries", "maximumSeverity"],
  });
  expect(await of("--stack", "dev")).not.toContain("not checked");
  repository.edit("stacks/Pulumi.prod.yaml", (config) => config.replace(required, ""));
});

test("a container is made as the task definition of the plan says, without secrets and without a network", async () => {
  process.env.HTTPS_PROXY = "http://somebody:planted@proxy.test";
  const { status, stdout } = await inspect(...task).finally(() => delete process.env.HTTPS_PROXY);
  expect([stdout, status]).toEqual([expect.stringMatching(/✓ run by Docker 20\.10\.24, linux\/amd64: still running after 1\.\d s/), 0]);
  expect(stdout).toMatch(/without network, the secrets DATABASE_URL, the values of REPORT_REQUESTS_QUEUE_URL, the containers helper/);
  expect(stdout).toMatch(/the image is for linux\/amd64, the task runs on linux\/arm64/);
  const { words, proxies } = engine.call("create")!;
  const [name, loaded] = [words[1], words.at(-1)!];
  expect(words.filter((word) => !word.startsWith("--env="))).toEqual([
    "create",
    expect.stringMatching(/^--name=fairlead-run-[0-9a-f]{12}$/),
    "--platform=linux/amd64",
    "--network=none",
    "--no-healthcheck",
    "--log-driver=json-file",
    "--log-opt=max-size=4m",
    "--user=1000:1000",
    "--read-only",
    // Declared as a VOLUME: Fargate begins it as a copy.
    "--mount=type=volume,target=/data",
    "--memory=512m",
    "--memory-swap=512m",
    "--cpus=0.25",
    "--init",
    "--ulimit=nofile=4096:8192",
    "--stop-timeout=20",
    loaded,
  ]);
  const variables = words.filter((word) => word.startsWith("--env=") && !/proxy/i.test(word)).map((word) => word.slice("--env=".length));
  expect(variables).toEqual([
    "DATABASE_URL=https://not-known.fairlead.invalid/not-known",
    "AWS_REGION=us-east-1",
    "MODE=full",
    "PORT=3000",
    "REPORT_REQUESTS_QUEUE_URL=https://not-known.fairlead.invalid/not-known",
  ]);
  // Docker's client would add those of its configuration.
  expect(words).toEqual(expect.arrayContaining(["--env=NO_PROXY=of-the-image", "--env=HTTPS_PROXY", "--env=http_proxy"]));
  expect(proxies).toEqual([]);
  expect(JSON.stringify(engine.calls)).not.toContain("planted");
  expect(engine.calls.slice(-2).map((call) => call.words)).toEqual([
    ["rm", "--force", "--volumes", name!.slice("--name=".length)],
    ["rmi", "--force", loaded],
  ]);
});

test("a service's image is judged for the platform of its task, another one only where --platform names it", async () => {
  const json = async (...args: string[]) => JSON.parse((await inspect("--json", ...args)).stdout) as { platforms: { platform: string }[] };
  const ofTask = await inspect("--service", "api", "--stack", "dev");
  expect(ofTask).toMatchObject({ status: 1, stdout: expect.stringContaining("the image has no linux/arm64: it has linux/amd64") });
  expect((await json("--service", "api", "--stack", "dev", "--platform", "linux/amd64")).platforms).toMatchObject([
    { platform: "linux/amd64", findings: [] },
  ]);
  // What is built here to be tried here is for this machine; the run says that it is another image than the task's.
  expect((await json(...task)).platforms).toMatchObject([{ platform: "linux/amd64", findings: [] }]);
});

test("an image that the engine has is neither sent nor removed", async () => {
  const { stdout } = await inspect("--json");
  expect(stdout).toContain("linux/amd64");
  await inspect("--run", "--seconds", "1");
  const id = engine.call("image")!.words.at(-1)!;
  engine.does({ local: [id] });
  expect((await inspect("--run", "--seconds", "1")).status).toBe(0);
  expect(engine.call("create")!.words.at(-1)).toBe(id);
  expect([engine.call("load"), engine.call("rmi")]).toEqual([undefined, undefined]);
});

test.each<[string, object, string[], number, RegExp]>([
  [
    "what it lacked may be why",
    { state: ended(1), logs: ["getaddrinfo EAI_AGAIN db"] },
    task,
    0,
    /! run [^]*FL2155 {2}api[^]*it had no network here[^]*may keep/,
  ],
  ["too little memory", { state: ended(137, true) }, task, 1, /✗ run [^]*FL2155[^]*used more than its 512 MiB[^]*will keep/],
  [
    "an engine without disk",
    { load: "Error processing tar file(exit status 1): no space left on device" },
    ["--run"],
    2,
    /FL2159 not run: the engine does not load the image: .*no space left/,
  ],
  [
    "an engine that fails",
    { start: "failed to create shim task: cgroups: cannot find cgroup mount destination: unknown" },
    ["--run"],
    2,
    /FL2159 not run: the engine does not start/,
  ],
  ["an engine of Windows", { info: { ServerVersion: "1", OSType: "windows" } }, ["--run"], 2, /switch it to Linux containers/],
  [
    "an engine that is off",
    { info: { ServerErrors: ["Cannot connect to the Docker daemon. Is it running?"] } },
    ["--run"],
    2,
    /docker says: Cannot connect .*running\? Start/,
  ],
  ["an engine that is off, where it may be", { info: { ServerErrors: ["Cannot connect"] } }, ["--run-if-possible"], 0, /! FL2159 not run/],
])("%s: exit code and message", async (_, scenario, args, status, said) => {
  engine.does(scenario);
  const result = await inspect(...args);
  expect(result).toMatchObject({ status, stdout: expect.stringMatching(said) });
  expect(result.stderr).not.toMatch(/Error/);
});

test("without any engine it is said what to install", async () => {
  const { PATH } = process.env;
  process.env.PATH = "/nowhere";
  const { status, stdout } = await inspect("--run").finally(() => (process.env.PATH = PATH));
  expect([status, stdout]).toEqual([2, expect.stringMatching(/FL2159 not run: there is no `docker`.*docs\.docker\.com/)]);
});

test("the image's own health check is run, as `up` states it", async () => {
  const check = { Test: ["CMD", "/app", "--health"], Interval: 5e9, Timeout: 1e9, Retries: 1 };
  const checked = await layoutOf([[file("app", elf())]], { Cmd: ["/app"], Healthcheck: check });
  const { stdout } = await runCommand(repository.folder, "inspect", checked, ...task);
  expect(stdout).toMatch(/✓ run .*: healthy after/);
  expect(engine.call("exec")!.words.slice(2)).toEqual(["/app", "--health"]);
});

test("what a container wrote steers neither terminal nor workflow, and has no logins", async () => {
  const logs = ["::error::planted", "\u001b[31mred", "##[error]old", "\u202eevil", "https://me:word@x.test/", "x".repeat(9999)];
  engine.does({ state: ended(3), logs });
  for (const args of [["--run"], ["--run", "--json"]]) {
    const { stdout } = await inspect(...args);
    expect(stdout).not.toMatch(/^\s*::|##\[|[\u001b\u202e]|word@|x{600}/m);
    expect(stdout).toContain(":error::planted");
  }
});

test("Ctrl-C removes the container and the image", async () => {
  const exit = jest.spyOn(process, "exit").mockImplementation(() => undefined as never);
  const run = inspect("--run", "--seconds", "30");
  while (!engine.call("wait")) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(engine.leftovers).toEqual(["container", "image"]);
  process.emit("SIGINT");
  await run;
  expect(exit).toHaveBeenCalledWith(130);
  exit.mockRestore();
});

test.each([
  [["--stack", "dev"], /name the --service/],
  [["--seconds", "soon"], /--seconds soon: expected a number/],
  [["--service", "nobody"], /There is no service "nobody" in dev\. Services: accounts-migration, api/],
])("inspect %j is refused in a sentence", async (args, said) => {
  expect(await inspect(...args)).toMatchObject({ status: 2, stderr: expect.stringMatching(said) });
});
