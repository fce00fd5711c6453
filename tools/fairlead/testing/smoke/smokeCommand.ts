import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { FixtureRepository } from "../fixtureRepository";
import { FakeAws } from "./fakeAws";

const command = join(__dirname, "../../bin/fairlead.js");
const secret = "a-planted-secret-of-the-stack";

/** How a test wants a run to go. */
export interface Wanted {
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
  /** What the stack's configuration has besides. */
  configuration?: Record<string, { value: string }>;
  /** Plugins that are installed; those that are needed by default. */
  plugins?: object[];
  /** The programs that there are, beside git and Node; all of the machine's by default. */
  programs?: ("pulumi" | "docker" | "buildx")[];
  environment?: NodeJS.ProcessEnv;
  /** Folder of the report, in the test's own; it goes with \`destroy\` where \`loses\` is set. */
  reports?: string;
  loses?: boolean;
}

/** Options of a run that asks nobody. */
export const unasked = ["--yes", "--account", "123456789012"];

/** `fairlead smoke` as a process in a repository of the tests' own, with an AWS and a Pulumi that are none. */
class SmokeCommand {
  readonly repository = new FixtureRepository();
  readonly aws = new FakeAws();
  private endpoint = "";

  async open(): Promise<void> {
    this.endpoint = await this.aws.listen();
    this.repository.write("package.json", "{}");
    mkdirSync(join(this.repository.folder, "tools/fairlead/bin"), { recursive: true });
    cpSync(join(__dirname, "fakePlan.js"), join(this.repository.folder, "tools/fairlead/bin/fairlead.js"));
    this.repository.write(".gitignore", "node_modules\n");
    this.repository.commit("What smoke needs");
  }

  close(): void {
    this.aws.close();
    this.repository.remove();
  }

  /** Runs the command as a process: what it printed, what it asked of Pulumi, its report. */
  async run(wanted: Wanted) {
    const { stack = "dev", args = unasked, hangs, resources = [], plan = {}, programs, environment, reports = "reports", loses } = wanted;
    const folder = mkdtempSync(join(tmpdir(), "fairlead-test-smoke-"));
    mkdirSync(join(folder, "bin"));
    mkdirSync(join(folder, "tmp"));
    mkdirSync(join(folder, "reports"));
    if (!programs || programs.includes("pulumi")) addProgram(folder, "pulumi", join(__dirname, "fakePulumi.js"));
    for (const other of programs ?? []) if (other !== "pulumi") addProgram(folder, other, "/bin/true");
    if (programs) {
      symlinkSync(process.execPath, join(folder, "bin/node"));
      symlinkSync(execFileSync("which", ["git"], { encoding: "utf8" }).trim(), join(folder, "bin/git"));
    }
    writeFileSync(join(folder, "wanted.json"), JSON.stringify({ ...wanted, secret, loses: loses && join(folder, reports) }));
    writeFileSync(join(folder, "state.json"), JSON.stringify(resources));
    const report = join(folder, reports, "report.md");
    const child = spawn(process.execPath, [command, "smoke", stack, ...args, "--report", report, "--json"], {
      cwd: this.repository.folder,
      env: {
        ...process.env,
        PATH: [join(folder, "bin"), ...(programs ? [] : [process.env.PATH])].join(delimiter),
        ...{ FAKE_PULUMI: folder, FAKE_PLAN: JSON.stringify(plan), TMPDIR: join(folder, "tmp"), NO_COLOR: "1", FORCE_COLOR: undefined },
        ...{
          AWS_ENDPOINT_URL: this.endpoint,
          AWS_ACCESS_KEY_ID: "test",
          AWS_SECRET_ACCESS_KEY: "another-planted-secret",
          AWS_REGION: "us-east-1",
        },
        ...environment,
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
    const pulumi = asked();
    const changes = pulumi.filter((each) => /^(up|preview|destroy)/.test(each));
    rmSync(folder, { recursive: true, force: true });
    return { status, stdout, stderr, markdown, outcomes, changes, left, asked: pulumi };
  }
}

/** One for the tests of a file, whose AWS is as new for each. */
export function smokeCommand() {
  const command = new SmokeCommand();
  const { aws, repository } = command;
  beforeAll(() => command.open());
  afterAll(() => command.close());
  beforeEach(() => Object.assign(aws, { tagged: [], knows: true }));
  return { aws, repository, smoke: (wanted: Wanted) => command.run(wanted) };
}

function addProgram(folder: string, name: string, file: string): void {
  cpSync(file, join(folder, "bin", name));
  chmodSync(join(folder, "bin", name), 0o755);
}
