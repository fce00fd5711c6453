import { likelyCause } from "../src/job/likelyCause";
import { JobFailed, runTask, type RunTaskArgs } from "../src/job/runTask";
import { provider } from "../src/job/taskRunProvider";
import { Job, ScheduledJob, type ScheduledJobArgs } from "../src";
import { inputsOf, ofType, planOf, reasons, service, taskDefinition } from "./harness";

describe("a scheduled job", () => {
  const scheduled = (args: Partial<ScheduledJobArgs>) =>
    planOf((env) => new ScheduledJob("report", { ...env, taskDefinition: taskDefinition(env), schedule: "cron(0 3 * * ? *)", ...args }));

  test("is started by a role that may run exactly its task, in exactly its cluster", async () => {
    const { plan } = await scheduled({});
    expect(inputsOf(plan, "aws:scheduler/schedule:Schedule")[0]).toMatchObject({
      scheduleExpression: "cron(0 3 * * ? *)",
      scheduleExpressionTimezone: "UTC",
      target: { retryPolicy: { maximumRetryAttempts: 3 }, ecsParameters: { networkConfiguration: { assignPublicIp: false } } },
    });
    const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "report-scheduler");
    const { Statement } = JSON.parse(policy!.inputs.policy as string) as {
      Statement: { Action: string; Resource: unknown; Condition?: unknown }[];
    };
    expect(Statement.map(({ Action }) => Action)).toEqual(["ecs:RunTask", "iam:PassRole"]);
    expect(Statement[0]!.Resource).toMatch(/TaskDefinition::api#arnWithoutRevision\}:\*$/);
    expect(Statement[0]!.Condition).toHaveProperty("ArnEquals.ecs:cluster");
  });

  test("may be kept without running, expire soon, and leave what could not be started in a queue that its role may write to", async () => {
    const plain = await scheduled({});
    expect(inputsOf(plain.plan, "aws:scheduler/schedule:Schedule")[0]).toMatchObject({
      state: "ENABLED",
      target: { retryPolicy: { maximumEventAgeInSeconds: 3600 } },
    });
    expect(JSON.stringify(plain.plan)).not.toContain("sqs:");
    const deadLetterQueueArn = "arn:aws:sqs:us-east-1:123456789012:late";
    const { plan } = await scheduled({ state: "DISABLED", maximumAgeSeconds: 60, deadLetterQueueArn });
    expect(inputsOf(plan, "aws:scheduler/schedule:Schedule")[0]).toMatchObject({
      state: "DISABLED",
      target: { retryPolicy: { maximumEventAgeInSeconds: 60 }, deadLetterConfig: { arn: deadLetterQueueArn } },
    });
    const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "report-scheduler");
    expect(policy!.inputs.policy).toContain(`{"Effect":"Allow","Action":"sqs:SendMessage","Resource":"${deadLetterQueueArn}"}`);
    for (const maximumAgeSeconds of [59, 86_401]) {
      expect(reasons((await scheduled({ maximumAgeSeconds })).refused)).toEqual([expect.stringContaining("expected 60 to 86400 seconds")]);
    }
  });

  test.each(["0 3 * * *", "cron(0 3 * * *)", "every day", "rate(0 hours)"])("%s is no schedule", async (schedule) => {
    expect(reasons((await scheduled({ schedule })).refused)).toEqual([expect.stringMatching(/expected cron\(minute hour/)]);
  });
});

test("a job runs anew for a new task definition only, and the service that waits for it depends on its end", async () => {
  const { plan } = await planOf((env) => {
    const job = new Job("migrate", { ...env, taskDefinition: taskDefinition(env, {}, "migrate"), region: "us-east-1" });
    service(env, { after: [job.completed] });
  });
  const [run] = ofType(plan, "pulumi-nodejs:dynamic:Resource");
  expect(ofType(plan, "aws:ecs/service:Service")[0]!.dependencies).toContain(run!.urn);
  // A text that changes with the compiler would show a change in every preview.
  expect(run!.inputs.__provider).toContain('require("@fairlead/services/taskRunProvider").provider');
  const same = { taskDefinitionArn: "arn:1", subnetIds: ["a"] };
  expect(await provider.diff!("id", same, { ...same, subnetIds: ["b"] })).toEqual({ changes: false });
  expect(await provider.diff!("id", same, { ...same, taskDefinitionArn: "arn:2" })).toEqual({ changes: true });
});

describe("running a task", () => {
  const args: RunTaskArgs = {
    name: "migrate",
    clusterArn: "cluster",
    taskDefinitionArn: "arn:task:1",
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-1"],
    capacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
    timeoutMinutes: 1,
  };
  const taskArn = "arn:aws:ecs:us-east-1:123456789012:task/dev/0123";
  const stopped = (container: object, stopCode = "EssentialContainerExited") => ({
    tasks: [{ taskArn, lastStatus: "STOPPED", stopCode, containers: [{ name: "migrate", ...container }] }],
  });

  /** Runs with recorded answers of ECS's API; the last is repeated. */
  async function run(answers: { run?: object; describe: object[] }, lines: string[] = []) {
    const sent: string[] = [];
    let slept = 0;
    const describe = [...answers.describe];
    const client = {
      send: (command: { constructor: { name: string } }) => {
        sent.push(command.constructor.name);
        if (command.constructor.name === "RunTaskCommand") return Promise.resolve(answers.run ?? { tasks: [{ taskArn }] });
        if (command.constructor.name === "StopTaskCommand") return Promise.resolve({});
        return Promise.resolve(describe.length > 1 ? describe.shift() : describe[0]);
      },
    };
    const sleep = (seconds: number) => Promise.resolve(void (slept += seconds));
    const context = { client: client as never, logLines: () => Promise.resolve(lines), sleep, clientToken: "t" };
    const outcome = await runTask(args, context).catch((error: unknown) => error);
    return { outcome, sent, slept };
  }
  const running = { tasks: [{ taskArn, lastStatus: "RUNNING" }] };

  test("waits for its end, and exit code 0 is success", async () => {
    const { outcome, slept } = await run({ describe: [running, running, stopped({ exitCode: 0 })] });
    expect(outcome).toBe(taskArn);
    expect(slept).toBe(10);
  });

  test("another exit code is a failure with the code, the log's end and what stays as it was", async () => {
    const { outcome } = await run({ describe: [stopped({ exitCode: 1, reason: "" })] }, ["connecting", "relation exists"]);
    expect(outcome).toBeInstanceOf(JobFailed);
    expect((outcome as Error).message).toMatch(/FL2201 job migrate failed: exit code 1[\s\S]* {2}relation exists[\s\S]*left as it is/);
  });

  test("a container that never ran is a failure with ECS's reason and the likely cause", async () => {
    const { outcome } = await run({ describe: [stopped({ reason: "CannotPullContainerError: not found" }, "TaskFailedToStart")] });
    expect((outcome as Error).message).toMatch(
      /its container never ran \(CannotPullContainerError: not found\)[\s\S]*Likely cause: the image is not there/,
    );
  });

  test("a task that ECS does not take is a failure with its reason", async () => {
    const { outcome } = await run({ run: { tasks: [], failures: [{ reason: "RESOURCE:MEMORY" }] }, describe: [running] });
    expect((outcome as Error).message).toContain("ECS did not start its task: RESOURCE:MEMORY");
  });

  test("one that runs too long is stopped, and has failed", async () => {
    const { outcome, sent } = await run({ describe: [running] });
    expect((outcome as Error).message).toMatch(/^FL2202 job migrate ran for 1 minutes and was stopped/);
    expect(sent.at(-1)).toBe("StopTaskCommand");
  });

  test("a sidecar that is ended with the task is no failure", async () => {
    const task = { taskArn, lastStatus: "STOPPED", stopCode: "EssentialContainerExited" };
    const containers = [
      { name: "migrate", exitCode: 0 },
      { name: "xray-daemon", exitCode: 143 },
    ];
    expect((await run({ describe: [{ tasks: [{ ...task, containers }] }] })).outcome).toBe(taskArn);
  });
});

test.each([
  [{ exitCode: 1, reason: "", lines: ["exec /app: exec format error"] }, /another CPU/],
  [{ exitCode: 137, reason: "OutOfMemoryError: killed", lines: [] }, /memoryMiB/],
  [{ exitCode: 127, reason: "", lines: [] }, /not in the image/],
  [{ exitCode: 1, reason: "", lines: ['getaddrinfo ENOTFOUND "db"'] }, /uses:/],
])("%j has its usual cause", (remains, cause) => {
  expect(likelyCause(remains)).toMatch(cause);
});

test("an end without a usual cause has none", () => {
  expect(likelyCause({ exitCode: 1, reason: "Essential container in task exited", lines: ["boom"] })).toBeUndefined();
});
