import type { AwsRequest } from "../src/aws/requests";
import { Tasks, type Ask } from "../src/aws/tasks";
import { platformsInRegistry } from "../src/registryAccess";

jest.mock("../src/registryAccess");
const platforms = jest.mocked(platformsInRegistry);

const cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/dev";
const definition = {
  taskDefinitionArn: "arn:…:1",
  family: "dev-prod-migration",
  containerDefinitions: [{ name: "migration", image: "registry/x@sha256:1" }],
};
let tasks: Tasks;

beforeEach(() => (tasks = new Tasks("123456789012")));

const request = (operation: string, body: unknown) =>
  ({ service: "ecs", operation, body: Buffer.from(JSON.stringify(body)) }) as unknown as AwsRequest;
const runTask = (ask: Ask) => tasks.answer(request("RunTask", { cluster, taskDefinition: "dev-migration:1" }), ask);
const account =
  (known: Record<string, Record<string, unknown>>): Ask =>
  (operation) =>
    Promise.resolve(known[operation] ?? {});
const whole = account({ DescribeClusters: { clusters: [{ status: "ACTIVE" }] }, DescribeTaskDefinition: { taskDefinition: definition } });

test("a task has ended with the exit code that was chosen, and is described", async () => {
  platforms.mockResolvedValue(["linux/amd64"]);
  tasks.exitCode = 3;
  const {
    tasks: [started],
  } = (await runTask(whole)) as { tasks: { taskArn: string }[] };
  const described = await tasks.answer(request("DescribeTasks", { cluster, tasks: [started!.taskArn] }), whole);
  expect(described).toMatchObject({ tasks: [{ lastStatus: "STOPPED", containers: [{ name: "migration", exitCode: 3 }] }] });
});

test("a cluster that is not there, or is being deleted, runs nothing", async () => {
  await expect(runTask(account({ DescribeClusters: { clusters: [{ status: "INACTIVE" }] } }))).rejects.toThrow("Cluster not found");
  await expect(runTask(account({}))).rejects.toThrow("Cluster not found");
});

test("nor does a task definition that is not there", async () => {
  await expect(runTask(account({ DescribeClusters: { clusters: [{ status: "ACTIVE" }] } }))).rejects.toThrow("TaskDefinition not found");
});

test("an image that its registry has not is a failure, and no task", async () => {
  platforms.mockResolvedValue(undefined);
  expect(await runTask(whole)).toMatchObject({ tasks: [], failures: [{ reason: expect.stringContaining("CannotPullContainerError") }] });
  expect(tasks.started).toEqual([]);
});

test("what is not answered here is moto's", async () => {
  expect(await tasks.answer(request("DescribeServices", {}), whole)).toBeUndefined();
});
