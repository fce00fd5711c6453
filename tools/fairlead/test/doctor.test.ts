import type { ScriptedAccount } from "@fairlead/diagnosis/testing/scriptedAccount";

import { OperatedRepository } from "../testing/operatedRepository";

let operated: OperatedRepository;
beforeEach(async () => {
  operated = new OperatedRepository();
  // The command asks at the time that it is.
  operated.account.clock.advance((Date.now() - operated.account.clock.milliseconds) / 1000);
  await operated.start();
});
afterEach(() => operated.stop());
const doctor = (...args: string[]) => operated.run("doctor", "-s", "dev", ...args);

/** The newest deployment of api was rolled back; its tasks ended like this. */
function fail({ state, clock, arn }: ScriptedAccount, end: { exitCode: number; reason?: string; log?: string[] }): void {
  const service = state.services.find(({ serviceName }) => serviceName === "api")!;
  const deployment = state.serviceDeployments.find(({ serviceArn }) => serviceArn === service.serviceArn)!;
  Object.assign(deployment, { status: "ROLLBACK_SUCCESSFUL", createdAt: clock.ago(600), finishedAt: clock.ago(60) });
  const definition = state.taskDefinitions.find(({ taskDefinitionArn }) => taskDefinitionArn === service.taskDefinition)!;
  Object.assign(definition, { cpu: "256", memory: "512", requiresCompatibilities: ["FARGATE"] });
  definition.containerDefinitions![0]!.logConfiguration = {
    logDriver: "awslogs",
    options: { "awslogs-group": "/fairlead/dev/api", "awslogs-stream-prefix": "api", "awslogs-region": "us-east-1" },
  };
  const events = (end.log ?? []).map((message) => ({ message, timestamp: clock.milliseconds - 90_000 }));
  state.logGroups.push({ logGroupName: "/fairlead/dev/api", streams: { "api/api/gone": events } });
  state.tasks.push({
    ...{
      clusterArn: service.clusterArn,
      taskArn: arn("ecs", "task/dev/gone"),
      group: "service:api",
      taskDefinitionArn: service.taskDefinition,
    },
    ...{
      lastStatus: "STOPPED",
      desiredStatus: "STOPPED",
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
    },
    ...{ startedAt: clock.ago(120), stoppingAt: clock.ago(91), stoppedAt: clock.ago(90) },
    containers: [{ name: "api", exitCode: end.exitCode, reason: end.reason }],
  });
}

const killed = { exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" };

test("a service that is well: nothing wrong found, exit code 0", async () => {
  expect(await doctor("api")).toEqual({
    status: 0,
    stderr: "",
    stdout: expect.stringMatching(/^api: nothing wrong found \(1 of 1 task runs\)\.\n/),
  });
});

test("a cause: what was seen, the line of service.yaml, the fix as a diff that git applies; exit code 1", async () => {
  fail(operated.account, killed);
  const { status, stdout } = await doctor("api");
  expect(status).toBe(1);
  expect(stdout).toMatch(/1\. The task used more than its 512 MiB: container api was killed\. \[out-of-memory-task\]/);
  expect(stdout).toMatch(/saw {2}task gone: container api ended with exit code 137/);
  expect(stdout).toMatch(/key {2}memoryMiB in apps\/api\/service\.yaml/);
  operated.repository.write("fix.diff", stdout);
  expect(() => operated.repository.git("apply", "fix.diff")).not.toThrow();
  expect(operated.repository.git("diff", "--unified=0")).toMatch(/^\+.*memoryMiB: 1024$/m);
});

test("--json has the same, in a shape that stays", async () => {
  fail(operated.account, killed);
  const { stdout } = await doctor("api", "--json");
  const { version, diagnoses } = JSON.parse(stdout) as { version: 1; diagnoses: Record<string, unknown>[] };
  expect([version, Object.keys(diagnoses[0]!).sort()]).toEqual([
    1,
    ["calls", "causes", "name", "outcome", "reason", "service", "subject", "unseen", "version", "waits"],
  ]);
  const [cause] = diagnoses[0]!.causes as Record<string, unknown>[];
  expect(cause).toMatchObject({
    cause: "out-of-memory-task",
    certainty: "sure",
    key: "memoryMiB",
    diff: expect.stringContaining("+memoryMiB: 1024"),
  });
  expect(Object.keys(cause!).sort()).toEqual(
    ["cause", "certainty", "changes", "commands", "diff", "evidence", "fix", "key", "place", "problem", "title"].sort(),
  );
});

test("neither a secret of the log or the environment, nor what steers a terminal or breaks out of Markdown, is repeated", async () => {
  process.env.DEPLOY_TOKEN = "planted-in-the-environment";
  const log = [
    "connecting to postgres://orders:planted-in-a-url@db/orders, password=planted-in-a-log",
    "token planted-in-the-environment \x1b[2J",
    "```\n# owned @everyone <img src=x>",
    "Error: getaddrinfo ENOTFOUND db",
  ];
  fail(operated.account, { exitCode: 1, log });
  for (const form of [[], ["--json"], ["--markdown"]]) {
    const { stdout, status } = await doctor("api", ...form);
    expect(status).toBe(1);
    expect(stdout).toContain("getaddrinfo ENOTFOUND db");
    expect(stdout).not.toMatch(/planted-in|\x1b/);
    if (form[0] === "--markdown") expect(stdout.split("\n").filter((line) => /^(#\s+owned|```$|<img)/.test(line))).toEqual([]);
  }
  delete process.env.DEPLOY_TOKEN;
});

test("what may not be seen is said; where the service itself is not, it could not look: exit code 2", async () => {
  operated.account.deny(["elasticloadbalancing:*", "logs:GetLogEvents", "application-autoscaling:DescribeScalingActivities"]);
  const seen = await doctor("api");
  expect(seen).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/Not seen, for lack of permission: application-autoscaling:DescribeScalingActivities/),
  });
  operated.account.deny(["ecs:DescribeTasks"]);
  expect(await doctor("api")).toMatchObject({
    status: 2,
    stdout: expect.stringMatching(/^api could not be looked at: its tasks \(ecs:DescribeTasks: AccessDeniedException/),
  });
  operated.account.deny(["ecs:DescribeServices"]);
  expect(await doctor("api")).toMatchObject({
    status: 2,
    stdout: expect.stringMatching(/^api could not be looked at: AccessDeniedException/),
  });
});

test("a service that does not exist: a sentence, exit code 2", async () => {
  expect(await doctor("apy")).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^There is no service or job "apy" in dev\. Did you mean "api"\?/),
  });
});

test("without a name it looks at those that are not well", async () => {
  expect(await doctor()).toMatchObject({ status: 0, stdout: "All services are steady, and their last deployments came out.\n" });
  fail(operated.account, killed);
  const { status, stdout } = await doctor("--json");
  const { diagnoses } = JSON.parse(stdout) as { diagnoses: { name: string; outcome: string }[] };
  expect([status, diagnoses.map(({ name, outcome }) => [name, outcome])]).toEqual([1, [["api", "wrong"]]]);
});

describe("without a name", () => {
  const named = async () => {
    const { status, stdout } = await doctor("--json");
    const { diagnoses } = JSON.parse(stdout) as { diagnoses: { name: string; outcome: string }[] };
    return [status, diagnoses.map(({ name, outcome }) => [name, outcome])];
  };

  test("it looks at those whose containers fail their health checks, though all tasks run", async () => {
    const { state } = operated.account;
    for (const task of state.tasks.filter(({ group }) => group === "service:web")) task.healthStatus = "UNHEALTHY";
    expect(await named()).toEqual([1, [["web", "wrong"]]]);
  });

  test("it says of those that are not there that nobody could look: a first `up` that failed", async () => {
    operated.account.state.services = [];
    const [status, looked] = await named();
    expect([status, looked]).toEqual([2, operated.names.services.map(({ name }) => [name, "unseen"])]);
  });

  test("it looks at jobs whose last run failed, and at none that came out since, or that somebody stopped", async () => {
    const { state, clock, arn } = operated.account;
    const [job] = operated.names.jobs;
    const run = (number: number, exitCode: number, ago: number, stopCode = "EssentialContainerExited") =>
      state.tasks.push({
        ...{
          clusterArn: arn("ecs", `cluster/${operated.names.cluster}`),
          taskArn: arn("ecs", `task/dev/run${number}`),
          group: `family:${job!.family}`,
        },
        ...{ taskDefinitionArn: arn("ecs", `task-definition/${job!.family}:7`), lastStatus: "STOPPED", desiredStatus: "STOPPED" },
        ...{ stopCode: stopCode as "UserInitiated", stoppedAt: clock.ago(ago), containers: [{ name: job!.name, exitCode }] },
      });
    run(1, 3, 600);
    expect(await named()).toEqual([1, [[job!.name, "wrong"]]]);
    run(2, 0, 300);
    expect(await named()).toEqual([0, []]);
    run(3, 143, 100, "UserInitiated");
    expect(await named()).toEqual([0, []]);
  });

  test.each(["ecs:ListServiceDeployments", "ecs:ListTasks"])("it doesn't say that all is well without %s", async (action) => {
    operated.account.deny([action]);
    const { status, stdout } = await doctor();
    expect(status).toBe(2);
    expect(stdout).toMatch(new RegExp(`^Nobody can say whether the services are well:\nNot seen: .* \\(needs ${action}\\)$`, "m"));
    expect(JSON.parse((await doctor("--json")).stdout)).toMatchObject({
      diagnoses: [],
      unseen: expect.arrayContaining([expect.objectContaining({ action })]),
    });
  });
});

test("nothing is changed, and no secret is read", async () => {
  fail(operated.account, killed);
  await doctor("api");
  const writes = Object.keys(operated.account.calls).filter((action) => !/:(Describe|List|Get|BatchGet|Simulate)/.test(action));
  expect([writes, operated.account.calls["secretsmanager:GetSecretValue"]]).toEqual([[], undefined]);
});

test("a job has the name of its manifest, not that of its task definition", async () => {
  const { stdout } = await doctor("accounts-migration");
  expect(stdout).toMatch(/^accounts-migration(:| could not)/);
});
