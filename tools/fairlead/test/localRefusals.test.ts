import { FixtureRepository } from "../testing/fixtureRepository";
import { runCommand } from "../testing/runCommand";
import { engineContainer, ScriptedDocker, type DockerAnswer } from "../testing/scriptedDocker";

const repository = new FixtureRepository();
const docker = new ScriptedDocker();
afterAll(() => (docker.remove(), repository.remove()));

const container = (told: object) => engineContainer({ state: "exited", ...told });

function engineEvent(text: string): string {
  const [Action, exitCode] = text.split(" ");
  return `${JSON.stringify({ Type: "container", Action, Actor: { ID: "1", Attributes: { exitCode } } })}\n`;
}

test.each<[string, Record<string, DockerAnswer>, RegExp[]]>([
  [
    "no engine",
    { "^info": { status: 1, stderr: "Cannot connect to the Docker daemon" } },
    [/^FL2701 .*Cannot connect/, /Start the engine/],
  ],
  [
    "no Compose",
    { "^compose version": { status: 1, stderr: "docker: 'compose' is not a docker command." } },
    [/^FL2701 Docker 28\.0\.0 has no Compose/],
  ],
  ["an old Compose", { "^compose version": { stdout: "2.20.1\n" } }, [/^FL2701 Compose is 2\.20\.1; expected 2\.31 or later/]],
  [
    "no addresses",
    {
      "^network ls": { stdout: "a\n" },
      "^network inspect": { stdout: JSON.stringify([{ Labels: {}, IPAM: { Config: [{ Subnet: "10.192.0.0/10" }] } }]) },
    },
    [/^FL2705 Each of 256 blocks from 10\.\d+\.\d+\.0\/20 has networks of others in it/, /--addresses/],
  ],
  [
    "no addresses with Podman",
    { "^network ls": { stdout: "a\n" }, "^network inspect": { stdout: JSON.stringify([{ subnets: [{ subnet: "10.192.0.0/10" }] }]) } },
    [/^FL2705 Each of 256 blocks/],
  ],
  [
    "a build that fails",
    { " build ": { status: 1, stderr: "failed to solve: no such file" } },
    [/^FL2703 /m, /failed to solve: no such file/],
  ],
  [
    "an engine that starts nothing",
    { " up --detach": { status: 1, stderr: "Bind for 127.0.0.1:8080 failed: port is already allocated" } },
    [/^FL2706 /m, /port is already allocated/],
  ],
  [
    "that what was made and never started does not go",
    { "^ps .*status=created": { stdout: "7\n8\n" }, "^rm --force 7 8$": { status: 1, stderr: "removal is in progress" } },
    [/does not remove containers: removal is in progress/],
  ],
  [
    "a container that ends",
    {
      "^ps --all": { stdout: "1\n" },
      "^inspect": { stdout: container({ exitCode: 1 }) },
      "^logs": { stderr: "2026-01-01T00:00:00Z Error: no configuration\n" },
    },
    [/^FL2704 /m, /web ended with exit code 1/, /Error: no configuration/],
  ],
  [
    "a container that runs once more",
    {
      "^ps --all": { stdout: "1\n" },
      "^inspect": { stdout: container({ state: "running", restartPolicy: "always", restarts: 4, health: "starting" }) },
      "^events": { stdout: ["die 1", "oom", "die 137"].map(engineEvent).join("") },
    },
    [/^FL2704 /m, /web ended with exit code 137, and 4 times more: .*\(out-of-memory-task\)/],
  ],
])("%s is told", async (_, answers, said) => {
  docker.answer(answers);
  const { status, stderr } = await runCommand(repository.folder, "local", "up", "--detach", "--stack", "dev");
  expect(status).toBe(1);
  for (const pattern of said) expect(stderr).toMatch(pattern);
  expect(stderr).not.toMatch(/^ +at /m);
});

test("a RUN that this machine can't run for the task is none of `up` for the machine's own platform", async () => {
  const other = new FixtureRepository();
  try {
    other.edit("apps/web/Dockerfile", (text) => text.replace(/(\n)(?=[^\n]+\n*$)/, "\nRUN true\n"));
    docker.answer({ "^buildx inspect": { stdout: "Driver: docker\nPlatforms: linux/amd64\n" } });
    const config = (...more: string[]) => runCommand(other.folder, "local", "config", "--stack", "dev", ...more);
    expect(await config()).toMatchObject({ status: 0, stderr: "" });
    expect((await config("--platform", "task")).stderr).toMatch(/Dockerfile:\d+:1 +FL1030 +this runs on linux\/arm64/);
    expect((await config("--platform", "linux/amd64")).stderr).toBe("");
  } finally {
    other.remove();
  }
});

test("secrets that nobody filled in are told together, and nothing is written", async () => {
  docker.answer({});
  const other = new FixtureRepository();
  try {
    other.edit(
      "apps/web/service.yaml",
      (text) => `${text}secrets:\n  SESSION_KEY:\n    ssm: /shop/session-key\n  TOKEN:\n    ssm: /shop/token\n`,
    );
    const { status, stderr } = await runCommand(other.folder, "local", "up", "--detach", "--stack", "dev");
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/FL2702 2 secrets have no value[^]*SESSION_KEY[^]*TOKEN[^]*local\.secrets\.env/) as string,
    });
    other.write("stacks/local.secrets.env", 'SESSION_KEY=planted-secret$x\nTOKEN="planted-secret$x"\nOTHER=$x\n');
    const misread = await runCommand(other.folder, "local", "up", "--detach", "--stack", "dev");
    expect(misread.stderr).toMatch(/FL2702 [^]*local\.secrets\.env:1 {2}SESSION_KEY[^]*:2 {2}TOKEN[^]*:3 {2}OTHER[^]*NAME='value'/);
    expect(misread.stderr).not.toMatch(/planted-secret/);
    other.write("stacks/local.secrets.env", "SESSION_KEY=planted-secret\nexport TOKEN = 'planted-secret'\n");
    const { stdout } = await runCommand(other.folder, "local", "config", "--stack", "dev");
    expect(stdout).toContain("SESSION_KEY: ${SESSION_KEY?");
    expect(stdout).not.toContain("planted-secret");
    const again = await runCommand(other.folder, "local", "up", "--detach", "--stack", "dev");
    expect(again.stderr).not.toMatch(/FL2702|planted-secret/);
  } finally {
    other.remove();
  }
});
