import { execFileSync } from "node:child_process";

import { chosenService, commandLine, execute, openTunnel, pluginStart, reachableTask, tunnelEnd } from "../src";
import { shop, type Shop } from "../testing/shop";

const agent = { name: "ExecuteCommandAgent", lastStatus: "RUNNING" } as const;
const data = [
  { type: "fairlead:data:Postgres", name: "orders" },
  { type: "fairlead:data:Cache", name: "sessions" },
  { type: "fairlead:data:Queue", name: "mails" },
];

/** `api` lets sessions in and is bound to all data; `web` doesn't let them in. */
function open(): Shop {
  const seen = shop(
    [
      { name: "api", enableExecuteCommand: true, containerPort: 3000, uses: ["orders", "sessions", "mails"] },
      { name: "web", uses: ["orders"] },
    ],
    { data },
  );
  const { state } = seen.account;
  for (const { group, containers } of state.tasks) if (group === "service:api") containers![0]!.managedAgents = [{ ...agent }];
  state.taskDefinitions.find(({ family }) => family === "shop-api")!.containerDefinitions![0]!.environment = [
    { name: "ORDERS_HOST", value: "orders-1a2b3c4.cluster-x.eu-west-1.rds.amazonaws.com" },
    { name: "ORDERS_PORT", value: "5433" },
    { name: "SESSIONS_URL", value: "rediss://master.shop-sessions.x.cache.amazonaws.com:6379" },
  ];
  return seen;
}
const api = (seen: Shop) => chosenService(seen.inAws, "api");
const apiTasks = ({ account }: Shop) => account.state.tasks.filter(({ group }) => group === "service:api");

test("a session runs a command in the newest task, and its token is no argument that others see", async () => {
  const seen = open();
  apiTasks(seen)[1]!.startedAt = seen.account.clock.ago(60);
  const task = await reachableTask(seen, api(seen));
  expect(task).toMatchObject({ container: "api", target: "ecs:shop_api1_api1-1" });
  const { args, environment } = await execute(seen, task, "/bin/sh", "1.2.707.0");
  expect(seen.account.state.changes[0]!.input).toMatchObject({
    cluster: "shop",
    task: task.taskArn,
    container: "api",
    command: "/bin/sh",
    interactive: true,
  });
  expect(args).toEqual([
    "AWS_SSM_START_SESSION_RESPONSE",
    "eu-west-1",
    "StartSession",
    "",
    '{"Target":"ecs:shop_api1_api1-1"}',
    "https://ecs.eu-west-1.amazonaws.com",
  ]);
  expect(JSON.parse(environment.AWS_SSM_START_SESSION_RESPONSE!)).toEqual({
    SessionId: "ecs-execute-command-0a1",
    StreamUrl: "wss://ssmmessages.example/0a1",
    TokenValue: "token-0a1",
  });
});

test("the newest of more tasks than ECS lists at once is found, and one by its id", async () => {
  const seen = shop([{ name: "api", enableExecuteCommand: true, desiredCount: 230 }]);
  const tasks = apiTasks(seen);
  for (const { containers } of tasks) containers![0]!.managedAgents = [{ ...agent }];
  tasks[229]!.startedAt = seen.account.clock.ago(60);
  expect((await reachableTask(seen, api(seen))).taskArn).toBe(tasks[229]!.taskArn);
  expect((await reachableTask(seen, api(seen), { task: "api150" })).taskArn).toBe(tasks[150]!.taskArn);
});

test("words of a command stay what they are, as a shell reads them", () => {
  const words = ["sh", "-c", "echo \"a b\" 'c' $HOME; ls *\n", "", "--x=1", "it's"];
  const line = commandLine(words);
  expect(line).toMatch(/^sh -c '/);
  const read = execFileSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
  expect(read.split("\0").slice(0, -1)).toEqual(words);
});

test("a plugin that is too old to read its environment gets the token as it needs it", () => {
  const session = { SessionId: "s", StreamUrl: "u", TokenValue: "t" };
  const ways = ["1.2.331.0", "1.2.497.0", "1.3.0.0", "2.0.0.0"].map((version) => pluginStart(version, session, "r", {}, "e").args[0]);
  expect(ways).toEqual([JSON.stringify(session), ...Array<string>(3).fill("AWS_SSM_START_SESSION_RESPONSE")]);
});

test("what is in the way of a session is said: the setting, its age, the agent, the task, the container", async () => {
  const seen = open();
  const web = chosenService(seen.inAws, "web");
  await expect(reachableTask(seen, web)).rejects.toThrow(
    "FL2804 web doesn't let sessions in. fix: `enableExecuteCommand: true` and `readonlyRootFilesystem: false` in apps/web/service.yaml, then `pulumi up -s shop`.",
  );
  await expect(reachableTask(seen, api(seen), { task: "zz" })).rejects.toThrow("--task zz: the id of no task of api that runs begins so.");
  await expect(reachableTask(seen, api(seen), { container: "sidecar" })).rejects.toThrow('api has no container "sidecar". It has api.');
  for (const { containers } of apiTasks(seen)) containers![0]!.managedAgents = [{ ...agent, lastStatus: "STOPPED", reason: "no way out" }];
  await expect(reachableTask(seen, api(seen))).rejects.toThrow("is STOPPED (no way out). It needs ssmmessages:CreateControlChannel");
  for (const { containers } of apiTasks(seen)) containers![0]!.managedAgents = undefined;
  await expect(reachableTask(seen, api(seen))).rejects.toThrow("fix: `fairlead restart api -s shop`.");
  seen.account.state.tasks = [];
  await expect(reachableTask(seen, api(seen))).rejects.toThrow("No task of api runs.");
});

test.each([
  ["orders", undefined, "orders-1a2b3c4.cluster-x.eu-west-1.rds.amazonaws.com", 5433],
  ["sessions", undefined, "master.shop-sessions.x.cache.amazonaws.com", 6379],
  ["orders", 5432, "orders-1a2b3c4.cluster-x.eu-west-1.rds.amazonaws.com", 5432],
])("a tunnel to %s leads through a task that is bound to it, to where its variables say", async (name, port, host, at) => {
  const seen = open();
  const end = await tunnelEnd(seen, name, { port });
  expect(end).toMatchObject({ host, port: at, service: "api", through: { target: "ecs:shop_api0_api0-1" } });
  const { args } = await openTunnel(seen, end, 15_432, "1.2.707.0");
  expect(seen.account.state.changes).toEqual([
    {
      action: "ssm:StartSession",
      input: {
        Target: "ecs:shop_api0_api0-1",
        DocumentName: "AWS-StartPortForwardingSessionToRemoteHost",
        Parameters: { host: [host], portNumber: [String(at)], localPortNumber: ["15432"] },
      },
    },
  ]);
  expect(args[5]).toBe("https://ssm.eu-west-1.amazonaws.com");
});

test("a tunnel to a service leads into a task of its own", async () => {
  const seen = open();
  await openTunnel(seen, await tunnelEnd(seen, "api"), 3000, "1.2.707.0");
  expect(seen.account.state.changes[0]!.input).toMatchObject({
    DocumentName: "AWS-StartPortForwardingSession",
    Parameters: { portNumber: ["3000"], localPortNumber: ["3000"] },
  });
});

test("where no tunnel can lead, that is said", async () => {
  const seen = open();
  await expect(tunnelEnd(seen, "nothing")).rejects.toThrow(
    'There is no data or service "nothing" in shop. Data: orders, sessions. Services: api, web.',
  );
  await expect(tunnelEnd(seen, "mails")).rejects.toThrow("mails is a queue: AWS answers for it itself");
  await expect(tunnelEnd(seen, "sessions", { through: "web" })).rejects.toThrow("web is not bound to sessions");
  await expect(tunnelEnd(seen, "orders", { through: "web" })).rejects.toThrow("FL2804 web doesn't let sessions in.");
  for (const definition of seen.account.state.taskDefinitions) definition.containerDefinitions![0]!.environment = [];
  await expect(tunnelEnd(seen, "orders")).rejects.toThrow("The task has no variable ORDERS_HOST");
});
