import type { ContainerDefinition } from "@fairlead/local";
import { DeployedService } from "../src/ecs/deployedService";
import { Scheduler } from "../src/ecs/running/scheduler";
import { ServiceNames } from "../src/ecs/running/serviceNames";
import type { ContainerNetwork } from "../src/ecs/running/containerNetwork";
import type { TargetGroups } from "../src/ecs/running/targetGroups";
import type { TaskImages } from "../src/ecs/running/taskImages";
import { TaskProblem } from "../src/ecs/running/taskProblem";
import { newRevision } from "../src/ecs/serviceRevision";
import { FakeDocker, type Behaviour } from "./fakeDocker";

const behaviours: Record<string, Behaviour> = {
  good: {},
  better: {},
  exits: { endsAfter: 5, exitCode: 1 },
  greedy: { endsAfter: 5, exitCode: 137, oomKilled: true },
  refused: { refusal: 'OCI runtime create failed: exec: "serve": executable file not found in $PATH' },
  ill: { health: 1 },
  prepares: { endsAfter: 20 },
};
const circuitBreaker = { enable: true, rollback: true };

let docker: FakeDocker;
let service: DeployedService;
let scheduler: Scheduler;
const definitions = new Map<string, object>();

beforeEach(() => {
  docker = new FakeDocker(behaviours);
  definitions.clear();
  const provide = (image: string) =>
    image === "missing"
      ? Promise.reject(new TaskProblem("CannotPullContainerError: not found"))
      : Promise.resolve({ name: image, digest: "sha256:1", environment: [], volumes: [] });
  const account = {
    json: (_: string, __: string, { taskDefinition }: Record<string, string>) =>
      Promise.resolve({ taskDefinition: definitions.get(taskDefinition!) }),
    query: () => Promise.resolve(""),
  };
  const images = { provide } as unknown as TaskImages;
  const host = {
    docker: docker.client,
    images,
    account,
    holderImage: "holder",
    platform: "linux/amd64",
    cpus: 2,
    pace: { factor: 0.01, startFactor: 0.01, answerSeconds: 1 },
  };
  const names = new ServiceNames({} as ContainerNetwork, account);
  scheduler = new Scheduler("123456789012", host, {} as TargetGroups, names, account);
  service = new DeployedService("arn:aws:ecs:us-east-1:123456789012:service/dev/api", "arn:aws:ecs:us-east-1:123456789012:cluster/dev");
  service.desiredCount = 2;
  service.configuration = { maximumPercent: 200, minimumHealthyPercent: 100, deploymentCircuitBreaker: circuitBreaker };
});
afterEach(() => scheduler.deleted(service));

async function deploy(image: string, more: Partial<ContainerDefinition> = {}, others: ContainerDefinition[] = []) {
  const taskDefinitionArn = `arn:task-definition/api:${definitions.size + 1}`;
  const definition = { taskDefinitionArn, family: "api", containerDefinitions: [{ name: "app", image, ...more }, ...others] };
  definitions.set(taskDefinitionArn, definition);
  service.start(newRevision({}, definition, {}));
  await scheduler.started(service);
  return service.current!;
}

/** The most and the fewest tasks that ran meanwhile, by the image. */
async function watched(until: () => boolean) {
  const running = () => [...docker.containers.values()].filter(({ state }) => state.isRunning).length;
  let [most, fewest] = [running(), running()];
  for (const end = Date.now() + 20_000; !until(); await new Promise((resolve) => setTimeout(resolve, 5))) {
    [most, fewest] = [Math.max(most, running()), Math.min(fewest, running())];
    if (Date.now() > end) throw new Error(`it goes on: ${JSON.stringify(service.events)}`);
  }
  return { most, fewest };
}
const ended = () => watched(() => service.current === undefined);
const messages = () => service.events.map(({ message }) => message);
const stopped = () => service.tasks.filter(({ lastStatus }) => lastStatus === "STOPPED");

test("the tasks of a revision start, and serve when they have run for a while", async () => {
  const deployment = await deploy("good");
  await ended();
  expect(deployment.status).toBe("SUCCESSFUL");
  expect(service.tasks.map(({ lastStatus }) => lastStatus)).toEqual(["RUNNING", "RUNNING"]);
  expect(messages()[0]).toBe("(service api) has reached a steady state.");
});

test.each([
  [200, 100, { most: 4, fewest: 2 }],
  [150, 100, { most: 3, fewest: 2 }],
  [100, 50, { most: 2, fewest: 1 }],
])("%i and %i percent decide how many run while a revision replaces another", async (maximumPercent, minimumHealthyPercent, expected) => {
  await deploy("good");
  await ended();
  Object.assign(service.configuration, { maximumPercent, minimumHealthyPercent });
  await deploy("better");
  expect(await ended()).toEqual(expected);
  expect(stopped().map(({ stoppedReason }) => stoppedReason)).toEqual(
    [1, 2].map(() => `Scaling activity initiated by (deployment ${service.primary.deploymentId})`),
  );
});

describe("a revision whose tasks end", () => {
  beforeEach(async () => {
    await deploy("good");
    await ended();
  });

  test("is rolled back after three, and the old tasks run all the while", async () => {
    const [before] = service.revisions;
    const deployment = await deploy("exits");
    const { fewest } = await ended();
    expect([deployment.status, deployment.failureCount]).toEqual(["ROLLBACK_SUCCESSFUL", 3]);
    expect(fewest).toBe(2);
    expect(service.primary).toBe(before);
    expect(stopped()[0]).toMatchObject({
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
      containers: [{ exitCode: 1 }],
    });
  });

  test("of too much memory says so", async () => {
    await deploy("greedy");
    await ended();
    expect(stopped()[0]!.containers).toMatchObject([{ exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" }]);
  });

  test("or can't be started says why, and so does an event", async () => {
    await deploy("refused");
    await ended();
    expect(stopped()[0]).toMatchObject({
      stopCode: "TaskFailedToStart",
      stoppedReason: "Task failed to start",
      containers: [{ reason: expect.stringMatching(/^CannotStartContainerError: .*executable file not found/) }],
    });
    expect(messages().some((message) => /was unable to place a task\. Reason: CannotStartContainerError/.test(message))).toBe(true);
  });

  test("or whose image is not there is never run", async () => {
    await deploy("missing");
    await ended();
    expect(stopped()[0]).toMatchObject({ stopCode: "TaskFailedToStart", stoppedReason: "CannotPullContainerError: not found" });
  });

  test("or fails its health check is replaced", async () => {
    await deploy("ill", { healthCheck: { command: ["CMD", "check"], interval: 5, retries: 2 } });
    await ended();
    expect(stopped()[0]).toMatchObject({ stopCode: "ServiceSchedulerInitiated", stoppedReason: "Task failed container health checks" });
    expect(messages().some((message) => /failed container health checks\.$/.test(message))).toBe(true);
  });
});

test("a container waits for the one that it depends on", async () => {
  service.desiredCount = 1;
  const dependsOn = [{ containerName: "first", condition: "SUCCESS" as const }];
  await deploy("good", { dependsOn }, [{ name: "first", image: "prepares", essential: false }]);
  await ended();
  expect(docker.history.map((line) => line.replace(/^\w+-/, ""))).toEqual(["first started", "first ended", "app started"]);
});

test("more tasks start, and what is too much ends, as the service asks for it", async () => {
  await deploy("good");
  await ended();
  service.desiredCount = 3;
  await watched(() => service.tasks.filter(({ lastStatus }) => lastStatus === "RUNNING").length === 3);
  service.desiredCount = 1;
  await watched(() => stopped().length === 2);
});
