import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { OperatedRepository } from "../testing/operatedRepository";

let operated: OperatedRepository;
let tools: string;
beforeEach(async () => {
  operated = await new OperatedRepository().start();
  tools = mkdtempSync(join(tmpdir(), "fairlead-plugin-"));
});
afterEach(() => {
  operated.stop();
  rmSync(tools, { recursive: true });
});

/** A plugin that writes down what it was started with. */
function installPlugin(): void {
  const script = `#!/bin/sh\n[ "$1" = --version ] && echo 1.2.707.0 && exit\nprintf '%s\\n' "$@" "$AWS_SSM_START_SESSION_RESPONSE" > '${tools}/started'\nexit 7\n`;
  writeFileSync(join(tools, "session-manager-plugin"), script, { mode: 0o755 });
  process.env.PATH = `${tools}${delimiter}${process.env.PATH}`;
}

test("run ends with the exit code of the command, and prints what it wrote", async () => {
  const { state } = operated.account;
  state.logGroups.push({ logGroupName: "/fairlead/dev/api", streams: { "api/api/run1": [{ timestamp: 1, message: "seeded" }] } });
  const push = state.tasks.push.bind(state.tasks);
  state.tasks.push = (task) => push({ ...task, lastStatus: "STOPPED", containers: [{ name: "api", exitCode: 3 }] });
  const { status, stdout, stderr } = await operated.run("run", "api", "-s", "dev", "--yes", "--", "node", "seed.js");
  expect([status, stdout]).toEqual([3, "1970-01-01T00:00:00.001Z api run1 seeded\n"]);
  expect(stderr).toBe(
    "dev, account 123456789012, us-east-1:\n  api: one task of dev-api:7 runs: node seed.js\nTask run1\nSTOPPED\nIt ended, exit code 3\n",
  );
});

test("a task that can't be followed goes on, and that is said in sentences", async () => {
  operated.account.deny(["ecs:DescribeTasks"]);
  expect(await operated.run("run", "api", "-s", "dev", "--yes", "--", "ls")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/\nTask run1 goes on in dev, and is followed no more\.\nThese credentials lack ecs:DescribeTasks: .*\n$/),
  });
});

test("run starts nothing that nobody confirmed, and nothing of what there is not", async () => {
  expect(await operated.run("run", "api", "-s", "dev", "--", "ls")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/Give --yes\.\n$/),
  });
  expect(await operated.run("run", "apl", "-s", "dev")).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^There is no service or job "apl" in dev\./),
  });
  expect(operated.account.state.changes).toEqual([]);
});

test("exec and tunnel say first that the plugin is missing", async () => {
  process.env.PATH = tools;
  for (const command of ["exec", "tunnel"]) {
    expect(await operated.run(command, "api", "-s", "dev")).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^FL2803 There is no session-manager-plugin on the PATH/),
    });
  }
});

test("exec hands the session to the plugin, and ends as it does", async () => {
  installPlugin();
  const { services, tasks } = operated.account.state;
  services.find(({ serviceName }) => serviceName === "api")!.enableExecuteCommand = true;
  const task = tasks.find(({ group }) => group === "service:api")!;
  task.containers![0]!.managedAgents = [{ name: "ExecuteCommandAgent", lastStatus: "RUNNING" }];
  expect(await operated.run("exec", "api", "-s", "dev", "--", "sh", "-c", 'echo "a b"')).toMatchObject({
    status: 7,
    stderr: "sh -c 'echo \"a b\"' in api of api0 (dev)\n",
  });
  expect(operated.account.state.changes).toMatchObject([{ action: "ecs:ExecuteCommand", input: { command: "sh -c 'echo \"a b\"'" } }]);
});

test("a port that is none is refused", async () => {
  installPlugin();
  expect((await operated.run("tunnel", "api:0", "-s", "dev")).stderr).toBe("The target's port is 0: expected 1 to 65535.\n");
  expect((await operated.run("tunnel", "api", "-s", "dev", "--local-port", "x")).stderr).toBe("--local-port is x: expected 1 to 65535.\n");
});
