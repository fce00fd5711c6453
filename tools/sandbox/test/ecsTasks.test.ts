import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { provider, type TaskRunProperties } from "@fairlead/services/taskRunProvider";

import { jsonAnswer, readRequest, type AwsRequest } from "../src/aws/requests";
import { EcsTasks, type Ask } from "../src/ecs/ecsTasks";
import { platformsInRegistry } from "../src/registryAccess";

jest.mock("../src/registryAccess");
const platforms = jest.mocked(platformsInRegistry);

const cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
const definition = {
  taskDefinitionArn: "arn:…:1",
  family: "dev-prod-migration",
  containerDefinitions: [{ name: "migration", image: "registry/x@sha256:1" }],
};
let tasks: EcsTasks;

beforeEach(() => {
  tasks = new EcsTasks("123456789012");
  platforms.mockResolvedValue(["linux/amd64"]);
});

interface Described {
  taskArn: string;
  lastStatus: string;
}

const request = (operation: string, body: unknown) =>
  ({ service: "ecs", operation, body: Buffer.from(JSON.stringify(body)) }) as unknown as AwsRequest;
const account =
  (known: Record<string, Record<string, unknown>>): Ask =>
  (operation) =>
    Promise.resolve(known[operation] ?? {});
const whole = account({ RunTask: { lacks: [] }, DescribeTaskDefinition: { taskDefinition: definition } });
const asked = (operation: string, body: object, ask = whole) => tasks.answer(request(operation, { cluster, ...body }), ask);
const runTask = async (ask = whole, options = {}) => {
  const answer = await asked("RunTask", { taskDefinition: "dev-migration:1", ...options }, ask);
  return (answer as { tasks: Described[] }).tasks[0]!;
};
const describeTask = async ({ taskArn }: Described) =>
  ((await asked("DescribeTasks", { tasks: [taskArn] })) as { tasks: Described[] }).tasks[0];
const listed = async (filters = {}) => ((await asked("ListTasks", filters)) as { taskArns: string[] }).taskArns;

test("a task has ended with the exit code that was chosen, and is described", async () => {
  tasks.exitCode = 3;
  const described = await describeTask(await runTask());
  expect(described).toMatchObject({ lastStatus: "STOPPED", containers: [{ name: "migration", exitCode: 3 }] });
  expect(await asked("DescribeTasks", { tasks: ["other"] })).toEqual({ tasks: [], failures: [{ arn: "other", reason: "MISSING" }] });
});

test("what moto refuses starts nothing", async () => {
  const refusing = account({ RunTask: { __type: "ClusterNotFoundException", message: "Cluster not found." } });
  await expect(runTask(refusing)).rejects.toMatchObject({ code: "ClusterNotFoundException", message: "Cluster not found." });
  expect(tasks.started).toEqual([]);
});

test("another API than moto is not asked to run one itself", async () => {
  tasks = new EcsTasks("123456789012", false);
  const known = { DescribeClusters: { clusters: [{ status: "ACTIVE" }] }, DescribeTaskDefinition: { taskDefinition: definition } };
  const operations: string[] = [];
  const other = (answers: typeof known | object) => (operation: string, body: unknown) => {
    operations.push(operation);
    return account(answers as typeof known)(operation, body);
  };
  expect((await runTask(other(known))).lastStatus).toBe("STOPPED");
  expect(operations).toEqual(["DescribeClusters", "DescribeTaskDefinition"]);
  const deleted = { ...known, DescribeClusters: { clusters: [{ status: "INACTIVE" }] } };
  await expect(runTask(other(deleted))).rejects.toMatchObject({ code: "ClusterNotFoundException" });
  await expect(runTask(other({ ...known, DescribeTaskDefinition: {} }))).rejects.toMatchObject({ code: "ClientException" });
});

test("a task that lacks something ends before it runs", async () => {
  const lacking = account({
    RunTask: { lacks: ["log group /x is not there yet"] },
    DescribeTaskDefinition: { taskDefinition: definition },
  });
  expect(await describeTask(await runTask(lacking))).toMatchObject({
    lastStatus: "STOPPED",
    stopCode: "TaskFailedToStart",
    stoppedReason: "ResourceInitializationError: log group /x is not there yet",
    containers: [{ exitCode: undefined }],
  });
});

test("so does one whose image its registry has not, or not for its platform", async () => {
  for (const [known, problem] of [
    [undefined, "not found"],
    [["linux/arm64"], "no descriptor matching platform 'linux/amd64'"],
  ] as const) {
    platforms.mockResolvedValue(known && [...known]);
    expect(await runTask()).toMatchObject({
      stopCode: "TaskFailedToStart",
      stoppedReason: `CannotPullContainerError: registry/x@sha256:1: ${problem}`,
    });
  }
});

test("tasks are listed while they run, by who started them or by their family; those that ended only when they are asked for", async () => {
  tasks.goOn = true;
  const one = (await runTask(whole, { startedBy: "one" })).taskArn;
  const other = (await runTask(whole, { startedBy: "other" })).taskArn;
  expect(await listed()).toEqual([one, other]);
  expect(await listed({ startedBy: "one" })).toEqual([one]);
  expect(await listed({ family: definition.family })).toEqual([one, other]);
  for (const filters of [{ startedBy: "nobody" }, { family: "other" }, { cluster: "other" }, { serviceName: "api" }])
    expect(await listed(filters)).toEqual([]);
  await expect(listed({ startedBy: "one", family: "x" })).rejects.toMatchObject({ code: "InvalidParameterException" });
  await asked("StopTask", { task: one, reason: "Its time is over" });
  expect([await listed(), await listed({ desiredStatus: "STOPPED" })]).toEqual([[other], [one]]);
  tasks.endAll();
  expect([await listed(), await listed({ desiredStatus: "STOPPED" })]).toEqual([[], [one, other]]);
});

test("a second call with the same token starts no second task", async () => {
  const one = await runTask(whole, { clientToken: "a" });
  expect(await runTask(whole, { clientToken: "a" })).toEqual(one);
  expect((await runTask(whole, { clientToken: "b" })).taskArn).not.toBe(one.taskArn);
});

test("what is not answered here is moto's", async () => {
  expect(await asked("DescribeServices", {})).toBeUndefined();
});

describe("a job, as `up` runs it", () => {
  let server: Server;
  const operations: string[] = [];
  /** Whether the session of whoever runs `up` ends while the task runs. */
  let endsEarly: boolean;
  const properties: TaskRunProperties = {
    name: "migration",
    region: "us-east-1",
    clusterArn: cluster,
    taskDefinitionArn: definition.taskDefinitionArn,
    logGroupName: "group",
    subnetIds: ["subnet-1"],
    securityGroupIds: ["sg-1"],
    capacityProviderStrategy: [],
    timeoutMinutes: 1,
  };

  beforeEach(async () => {
    operations.length = 0;
    endsEarly = false;
    server = createServer((incoming, outgoing) => {
      void readRequest(incoming).then(async (read) => {
        operations.push(read.operation);
        const looks = read.operation === "DescribeTasks";
        if (looks && !endsEarly) tasks.endAll();
        const refused = looks && endsEarly && jsonAnswer({ __type: "ExpiredTokenException", message: "expired" }, 400);
        const { status, headers, body } = refused || jsonAnswer(await tasks.answer(read, whole));
        outgoing.writeHead(status, headers).end(body);
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const values: Record<string, string> = {
      "aws:accessKey": "key",
      "aws:secretKey": "s",
      "aws:endpoints": JSON.stringify([{ ecs: address, logs: address }]),
    };
    await provider.configure!({ config: { get: (key: string) => values[key], require: (key: string) => values[key]! } });
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test("waits for the task that an `up` before it started, and starts no second one", async () => {
    tasks.goOn = true;
    endsEarly = true;
    await expect(provider.create(properties)).rejects.toThrow("FL2203 job migration still runs");
    endsEarly = false;
    const { id } = await provider.create(properties);
    expect(tasks.started.map(({ taskArn }) => taskArn)).toEqual([id]);
    expect(operations).toEqual(["ListTasks", "RunTask", "DescribeTasks", "ListTasks", "DescribeTasks"]);
  });

  test("fails with what its task lacked", async () => {
    platforms.mockResolvedValue(undefined);
    await expect(provider.create(properties)).rejects.toThrow(
      /FL2201 job migration failed: its container never ran \(CannotPullContainerError/,
    );
  });
});
