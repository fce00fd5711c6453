import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { resource } from "@fairlead/plan/testing/resources";
import { parse } from "yaml";

import { waysThere } from "../src/local/deployed/waysThere";
import type { OpenLocal } from "../src/local/openLocal";
import { OperatedRepository } from "../testing/operatedRepository";
import { ScriptedDocker } from "../testing/scriptedDocker";
import { installSessionPlugin } from "../testing/sessionPlugin";

let operated: OperatedRepository, docker: ScriptedDocker, tools: string, withDocker: string;
beforeAll(async () => {
  docker = new ScriptedDocker();
  docker.answer({});
  operated = await new OperatedRepository().start();
  withDocker = process.env.PATH!;
  tools = mkdtempSync(join(tmpdir(), "fairlead-plugin-"));
});
beforeEach(() => {
  const { services, tasks, changes } = operated.account.state;
  for (const service of services) service.enableExecuteCommand = false;
  for (const { containers } of tasks) containers![0]!.managedAgents = undefined;
  changes.length = 0;
  rmSync(join(operated.repository.folder, ".fairlead"), { recursive: true, force: true });
  process.env.PATH = withDocker;
});
afterAll(() => {
  operated.stop();
  docker.remove();
  rmSync(tools, { recursive: true });
});

/** Of a port that nothing listens on: no call is made here. */
function installPlugin(): void {
  installSessionPlugin(tools, { 3000: 1 });
  process.env.PATH = `${tools}${delimiter}${process.env.PATH}`;
}

const withDev = (...words: string[]) => operated.run("local", "up", ...words, "--with-dev");

/** As after `enableExecuteCommand: true` in a service's manifest, and an `up`. */
function letSessionsIn(name: string): void {
  const { services, tasks } = operated.account.state;
  services.find(({ serviceName }) => serviceName === name)!.enableExecuteCommand = true;
  for (const task of tasks.filter(({ group }) => group === `service:${name}`))
    task.containers![0]!.managedAgents = [{ name: "ExecuteCommandAgent", lastStatus: "RUNNING" }];
}

const sessions = () => operated.account.state.changes.filter(({ action }) => action === "ssm:StartSession");
const isWritten = () => {
  try {
    return readFileSync(join(operated.repository.folder, ".fairlead/local/dev/compose.yaml"), "utf8") !== "";
  } catch {
    return false;
  }
};

test.each([
  [["web", "--detach"], /^--with-dev doesn't go with --detach: the tunnels live as long as this command/],
  [[], /^--with-dev needs the services that run here/],
  [["wbe"], /^There is no service or job "wbe": did you mean web\?/],
])("%j is refused with what it says", async (words, says) => {
  expect(await withDev(...words)).toMatchObject({ status: 1, stderr: expect.stringMatching(says) as string });
});

test("all that is missing is told at once, each with its fix, and nothing is started", async () => {
  const { stderr, status } = await withDev("web");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^FL2709 No way leads from here to what dev has to answer\. Nothing was started\.\n/);
  expect(stderr).toMatch(/\n {2}FL2803 There is no session-manager-plugin on the PATH.*fix: install it/);
  expect(stderr).toMatch(/\n {2}FL2804 api doesn't let sessions in\. fix: `enableExecuteCommand: true`.*apps\/api\/service\.yaml/);
  expect(stderr).toMatch(/\n {2}web doesn't let sessions in\. fix: .*apps\/web\/service\.yaml/);
  expect([sessions(), isWritten()]).toEqual([[], false]);
});

test("who has no credentials is told what the plan says as well", async () => {
  const before = { ...process.env };
  process.env.AWS_ACCESS_KEY_ID = "";
  process.env.AWS_CONFIG_FILE = process.env.AWS_SHARED_CREDENTIALS_FILE = "/nowhere";
  const { stderr } = await withDev("web");
  for (const part of [
    "FL2803 There is no session-manager-plugin",
    "FL2801 There are no credentials for dev",
    "FL2804 api of dev doesn't let sessions in, nor does web",
  ])
    expect(stderr).toContain(`\n  ${part}`);
  process.env = before;
});

test.each([
  [
    "dev",
    { deletionProtection: true },
    {},
    /^FL2709 Calls from here don't go to dev: its orders \(aws:rds.*\) is protected against deletion/,
  ],
  ["dev", {}, { protect: true }, /^FL2709 Calls from here don't go to dev: its orders/],
  ["prod", {}, {}, /^FL2709 Calls from here don't go to prod: that is production/],
])("%s with %j and %j is never called, as production is", async (stack, inputs, options, says) => {
  installPlugin();
  const plan = { resources: [resource("aws:rds/cluster:Cluster", "orders", inputs, { options })] };
  await expect(waysThere({ stack, plan } as unknown as OpenLocal, [])).rejects.toThrow(says);
});

test("nobody is taken to an account without being asked", async () => {
  installPlugin();
  letSessionsIn("api");
  const { status, stderr } = await withDev("web");
  expect(status).toBe(1);
  expect(stderr).toContain(
    "dev, account 123456789012, us-east-1:\n  api: calls of web go to dev's, through a task of api. What they change is changed there, for everybody.\n",
  );
  expect(stderr).toMatch(/this is no terminal to ask on\. Give --yes\.\n$/);
  expect([sessions(), isWritten()]).toEqual([[], false]);
});

test("through a task of its own, or of one that calls it, by the name that it has there", async () => {
  installPlugin();
  letSessionsIn("api");
  await withDev("web", "--yes");
  letSessionsIn("web");
  operated.account.state.services.find(({ serviceName }) => serviceName === "api")!.enableExecuteCommand = false;
  await withDev("web", "--yes");
  expect(sessions().map(({ input }) => input)).toMatchObject([
    {
      DocumentName: "AWS-StartPortForwardingSession",
      Target: expect.stringMatching(/_api0_/) as string,
      Parameters: { portNumber: ["3000"] },
    },
    {
      DocumentName: "AWS-StartPortForwardingSessionToRemoteHost",
      Target: expect.stringMatching(/_web0_/) as string,
      Parameters: { host: ["api.dev.internal"], portNumber: ["3000"] },
    },
  ]);
  const compose = readFileSync(join(operated.repository.folder, ".fairlead/local/dev/compose.yaml"), "utf8");
  const { services } = parse(compose) as { services: object };
  expect(Object.keys(services).filter((name) => !name.startsWith("aws."))).toEqual(["web.network", "web", "api.deployed"]);
});

test("what calls nothing that is elsewhere needs no account", async () => {
  const { stderr } = await withDev("web", "api", "--yes");
  expect(stderr).toMatch(/^web, api calls no service that doesn't run here: no tunnel is needed\.\n/);
  expect(operated.account.state.changes).toEqual([]);
});
