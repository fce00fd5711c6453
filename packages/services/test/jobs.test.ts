import type { Plan } from "@fairlead/plan";
import * as pulumi from "@pulumi/pulumi";

import { JobFailed, runTask, startedBy, type RunTaskArgs } from "../src/job/runTask";
import { provider } from "../src/job/taskRunProvider";
import { type Cluster, Job, ScheduledJob, type ScheduledJobArgs } from "../src";
import { inputsOf, ofType, planOf, reasons, service, taskDefinition } from "./harness";

const schedule = "aws:scheduler/schedule:Schedule";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What the role that starts the job may do. */
function statementsOf(plan: Plan): { Action: string | string[]; Resource: unknown }[] {
  const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "report-scheduler");
  return (JSON.parse(policy!.inputs.policy as string) as { Statement: { Action: string; Resource: unknown }[] }).Statement;
}

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
    expect(Statement.map(({ Action }) => Action)).toEqual(["ecs:RunTask", "ecs:TagResource", "iam:PassRole", "sqs:SendMessage"]);
    expect(Statement[0]!.Resource).toMatch(/TaskDefinition::api#arnWithoutRevision\}:\*$/);
    expect(Statement[0]!.Condition).toHaveProperty("ArnEquals.ecs:cluster");
  });

  test("has a public address where it asks for one", async () => {
    const { plan } = await scheduled({ assignPublicIp: true });
    const { target } = inputsOf(plan, schedule)[0] as { target: { ecsParameters: { networkConfiguration: Record<string, unknown> } } };
    expect(target.ecsParameters.networkConfiguration).toMatchObject({ assignPublicIp: true, subnets: expect.anything() });
  });

  test("has the security groups that exist besides its own", async () => {
    const { plan } = await scheduled({ securityGroups: ["sg-0a1b2c3d"] });
    const { target } = inputsOf(plan, schedule)[0] as {
      target: { ecsParameters: { networkConfiguration: { securityGroups: unknown[] } } };
    };
    expect(target.ecsParameters.networkConfiguration.securityGroups).toEqual([expect.anything(), "sg-0a1b2c3d"]);
  });

  test("may tag the tasks that it starts, and nothing else: ECS starts none that it may not tag", async () => {
    const arn = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
    const { plan } = await planOf((env) => {
      const cluster = Object.assign(Object.create(env.cluster) as Cluster, { arn: pulumi.output(arn) });
      new ScheduledJob("report", { ...env, cluster, taskDefinition: taskDefinition(env), schedule: "rate(1 day)" });
    });
    expect(statementsOf(plan)).toContainEqual({
      Effect: "Allow",
      Action: "ecs:TagResource",
      Resource: "arn:aws:ecs:us-east-1:123456789012:task/dev/*",
      Condition: { StringEquals: { "ecs:CreateAction": "RunTask" } },
    });
  });

  test("under a key of yours may be read with it, and so may what could not be started", async () => {
    const { plan } = await scheduled({ kmsKeyArn: "key" });
    expect(statementsOf(plan)).toContainEqual({ Effect: "Allow", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: "key" });
    expect(inputsOf(plan, "aws:sqs/queue:Queue")[0]).toMatchObject({ kmsMasterKeyId: "key" });
    expect(JSON.stringify(statementsOf((await scheduled({})).plan))).not.toContain("kms:");
  });

  test("may be kept without running, and expire soon", async () => {
    expect(inputsOf((await scheduled({})).plan, schedule)[0]).toMatchObject({
      state: "ENABLED",
      target: { retryPolicy: { maximumEventAgeInSeconds: 3600 } },
    });
    const { plan } = await scheduled({ state: "DISABLED", maximumAgeSeconds: 60 });
    expect(inputsOf(plan, schedule)[0]).toMatchObject({ state: "DISABLED", target: { retryPolicy: { maximumEventAgeInSeconds: 60 } } });
    for (const maximumAgeSeconds of [59, 86_401]) {
      expect(reasons((await scheduled({ maximumAgeSeconds })).refused)).toEqual([expect.stringContaining("expected 60 to 86400 seconds")]);
    }
  });

  test("leaves what could not be started in a queue that is encrypted and keeps it for 14 days, or in the one that it is given", async () => {
    const { plan } = await scheduled({});
    expect(inputsOf(plan, "aws:sqs/queue:Queue")).toEqual([{ sqsManagedSseEnabled: true, messageRetentionSeconds: 1_209_600 }]);
    expect(inputsOf(plan, "aws:sqs/queuePolicy:QueuePolicy")[0]!.policy).toContain("RefusePlainText");
    const ownArn = { $output: expect.stringMatching(/Queue::report-not-started#arn$/) };
    expect(inputsOf(plan, schedule)[0]!.target).toMatchObject({ deadLetterConfig: { arn: ownArn } });
    expect(statementsOf(plan).find(({ Action }) => Action === "sqs:SendMessage")!.Resource).toMatch(/Queue::report-not-started#arn/);

    const deadLetterQueueArn = "arn:aws:sqs:us-east-1:123456789012:late";
    const given = (await scheduled({ deadLetterQueueArn })).plan;
    expect(inputsOf(given, "aws:sqs/queue:Queue")).toEqual([]);
    expect(inputsOf(given, schedule)[0]!.target).toMatchObject({ deadLetterConfig: { arn: deadLetterQueueArn } });
    expect(statementsOf(given)).toContainEqual({ Effect: "Allow", Action: "sqs:SendMessage", Resource: deadLetterQueueArn });
  });

  test("tells the alarm topic of a run that could not be started, and of a task that failed", async () => {
    const alarmed = async (change: Partial<ScheduledJobArgs>) => (await scheduled({ alarmTopicArn: "topic", ...change })).plan;
    const plan = await alarmed({});
    expect(inputsOf(plan, alarm)[0]).toMatchObject({
      name: "dev-report-not-started",
      dimensions: { QueueName: { $output: expect.stringMatching(/report-not-started#name$/) } },
      threshold: 0,
      alarmActions: ["topic"],
    });
    const { detail } = JSON.parse(inputsOf(plan, "aws:cloudwatch/eventRule:EventRule")[0]!.eventPattern as string);
    expect(detail).toMatchObject({ group: ["family:dev-api"], lastStatus: ["STOPPED"] });
    expect(detail.$or).toContainEqual({ containers: { exitCode: [{ "anything-but": [0] }] } });
    expect(inputsOf(plan, "aws:cloudwatch/eventTarget:EventTarget")[0]).toMatchObject({ arn: "topic" });
    expect(inputsOf(await alarmed({ deadLetterQueueArn: "arn:aws:sqs:us-east-1:123456789012:late" }), alarm)).toEqual([]);
    expect(inputsOf((await scheduled({})).plan, alarm)).toEqual([]);
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
  async function run(
    answers: { args?: Partial<RunTaskArgs>; list?: object; run?: object; describe: (object | Error)[] },
    lines: string[] = [],
  ) {
    const sent: string[] = [];
    const inputs: Record<string, object> = {};
    let slept = 0;
    const describe = [...answers.describe];
    const client = {
      send: (command: { constructor: { name: string }; input: object }) => {
        sent.push(command.constructor.name);
        inputs[command.constructor.name] = command.input;
        if (command.constructor.name === "ListTasksCommand") return Promise.resolve(answers.list ?? { taskArns: [] });
        if (command.constructor.name === "RunTaskCommand") return Promise.resolve(answers.run ?? { tasks: [{ taskArn }] });
        if (command.constructor.name === "StopTaskCommand") return Promise.resolve({});
        const answer = describe.length > 1 ? describe.shift() : describe[0];
        return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      },
    };
    const sleep = (seconds: number) => Promise.resolve(void (slept += seconds));
    const context = { client: client as never, logLines: () => Promise.resolve(lines), sleep, clientToken: "t" };
    const outcome = await runTask({ ...args, ...answers.args }, context).catch((error: unknown) => error);
    return { outcome, sent, slept, inputs };
  }
  const running = { tasks: [{ taskArn, lastStatus: "RUNNING" }] };

  test("waits for its end, and exit code 0 is success", async () => {
    const { outcome, slept } = await run({ describe: [running, running, stopped({ exitCode: 0 })] });
    expect(outcome).toBe(taskArn);
    expect(slept).toBe(10);
  });

  test("has a public address where it asks for one", async () => {
    const addressOf = async (args: Partial<RunTaskArgs>) => {
      const { inputs } = await run({ args, describe: [stopped({ exitCode: 0 })] });
      return (inputs.RunTaskCommand as { networkConfiguration: { awsvpcConfiguration: { assignPublicIp: string } } }).networkConfiguration
        .awsvpcConfiguration.assignPublicIp;
    };
    expect([await addressOf({}), await addressOf({ assignPublicIp: true })]).toEqual(["DISABLED", "ENABLED"]);
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

  test("one that runs since an `up` that was cut off is waited for, and no second one is started", async () => {
    const first = await run({ describe: [stopped({ exitCode: 0 })] });
    expect(first.sent).toEqual(["ListTasksCommand", "RunTaskCommand", "DescribeTasksCommand"]);
    const { outcome, sent, inputs } = await run({ list: { taskArns: [taskArn] }, describe: [running, stopped({ exitCode: 0 })] });
    expect([outcome, sent]).toEqual([taskArn, ["ListTasksCommand", "DescribeTasksCommand", "DescribeTasksCommand"]]);
    // What the task was started by, and nothing else: ECS takes no second filter beside it.
    const { startedBy } = first.inputs.RunTaskCommand as { startedBy: string };
    expect(inputs.ListTasksCommand).toEqual({ cluster: "cluster", startedBy });
    expect(startedBy).toMatch(/^[\w/-]{1,36}$/);
  });

  test("is known by the job and the revision of its definition", () => {
    const other = [args, { ...args, taskDefinitionArn: "arn:task:2" }, { ...args, name: "seed" }].map(startedBy);
    expect(new Set(other).size).toBe(3);
    expect(startedBy({ ...args })).toBe(other[0]);
  });

  test("the time of one that is found counts from its start", async () => {
    const old = { tasks: [{ taskArn, lastStatus: "RUNNING", createdAt: new Date(Date.now() - 50_000) }] };
    const { outcome, slept, sent } = await run({ list: { taskArns: [taskArn] }, describe: [old] });
    expect((outcome as Error).message).toMatch(/^FL2202/);
    expect([slept, sent.at(-1)]).toEqual([10, "StopTaskCommand"]);
  });

  test("one that outlives the session goes on, which is said, with what to do", async () => {
    const expired = Object.assign(new Error("The security token included in the request is expired"), { name: "ExpiredTokenException" });
    const { outcome, sent } = await run({ describe: [running, expired] });
    expect((outcome as Error).message).toMatch(
      /^FL2203 job migrate still runs, and the session .* has ended \(ExpiredTokenException\)\. Run `up` again: it waits for the same task, arn:/,
    );
    expect(sent).not.toContain("StopTaskCommand");
    const other = await run({ describe: [running, new Error("socket hang up")] });
    expect((other.outcome as Error).message).toBe("socket hang up");
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
