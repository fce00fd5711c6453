import type { ContainerDefinition } from "@aws-sdk/client-ecs";

import { diagnose, diagnosisClients, type Diagnosis } from "../src";
import { fargateWeb, scheduledJob, worker } from "../testing/scenes/healthy";
import type { ServiceScene } from "../testing/scenes/serviceScene";

const look = ({ account, clusterArn, serviceName }: ServiceScene): Promise<Diagnosis> =>
  diagnose({ clusterArn, serviceName, clients: diagnosisClients(account.clientConfig), now: account.clock.in(0) });

/** Nothing runs, and each start ended with such words. */
async function endedWith(stoppedReason: string): Promise<Diagnosis> {
  const scene = worker();
  scene.registerTaskDefinition();
  scene.deploy(600);
  scene.service.runningCount = 0;
  scene.state.tasks = [];
  scene.stop({ stopCode: "TaskFailedToStart", stoppedReason }, 3);
  scene.countFailures(3);
  return look(scene);
}

test.each([
  ["RESOURCE:MEMORY", "no-capacity-ec2"],
  ["MemberOf placement constraint unsatisfied.", "placement-constraint"],
])("what ECS says of places is known in a task's end as well: %s", async (words, cause) => {
  expect((await endedWith(words)).causes[0]?.cause).toBe(cause);
});

test.each(["A moon is in the way", "DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s"])(
  "a start that ended in words that no rule knows is told in these: %s",
  async (words) => {
    const { outcome, causes } = await endedWith(words);
    expect(outcome).toBe("wrong");
    expect(causes[0]).toMatchObject({ cause: "start-failed", problem: `ECS could not start the task: ${words}` });
    expect(causes[0]!.evidence[0]!.saw).toBe(words);
  },
);

test("no secret of what it quotes is in it", async () => {
  const { causes } = await endedWith("A moon is in the way of --password=hunter2");
  expect(JSON.stringify(causes)).not.toContain("hunter2");
});

test("an event in words that no rule knows is told, where tasks are missing", async () => {
  const scene = fargateWeb();
  scene.deploy(1200);
  scene.service.runningCount = 0;
  scene.state.tasks = [];
  scene.event("was unable to place a task because your account is currently blocked.", 30);
  const { causes } = await look(scene);
  expect(causes[0]).toMatchObject({ cause: "task-not-placed", problem: expect.stringContaining("your account is currently blocked.") });
});

describe("a schedule that has its time still to come is no fault", () => {
  async function scheduled(schedule: object): Promise<Diagnosis> {
    const scene = scheduledJob();
    scene.state.tasks = [];
    Object.assign(scene.state.schedules[0]!, { State: "ENABLED", CreationDate: scene.account.clock.ago(86_400), ...schedule });
    const { account, clusterArn, serviceName, taskDefinition } = scene;
    const subject = { clusterArn, family: taskDefinition.family, scheduleName: `dev-${serviceName}` };
    return diagnose({ ...subject, clients: diagnosisClients(account.clientConfig), now: account.clock.in(0) });
  }
  const noon = Date.UTC(2026, 5, 1, 12);

  test.each([
    ["made a minute ago", { ScheduleExpression: "rate(30 minutes)", CreationDate: new Date(noon - 60_000) }],
    ["that begins tomorrow", { ScheduleExpression: "rate(10 minutes)", StartDate: new Date(noon + 86_400_000) }],
    ["in another zone", { ScheduleExpression: "at(2026-06-01T08:00:00)", ScheduleExpressionTimezone: "America/Los_Angeles" }],
  ])("%s", async (_, schedule) => expect((await scheduled(schedule)).causes).toEqual([]));

  test.each([
    ["rate(30 minutes)", undefined, "job-never-starts"],
    ["at(2026-06-01T11:00:00)", undefined, "job-schedule-disabled"],
    ["at(2026-06-01T13:30:00)", "Europe/Berlin", "job-schedule-disabled"],
  ])("%s in %s was due", async (ScheduleExpression, ScheduleExpressionTimezone, cause) => {
    expect((await scheduled({ ScheduleExpression, ScheduleExpressionTimezone })).causes).toMatchObject([{ cause }]);
  });
});

describe("what a container logged", () => {
  function crashed(log: string[], change: (container: ContainerDefinition) => void = () => undefined): ServiceScene {
    const scene = worker();
    scene.registerTaskDefinition(({ containerDefinitions }) => change(containerDefinitions![0]!));
    scene.deploy(600);
    const stoppedReason = "Essential container in task exited";
    scene.stop({ stopCode: "EssentialContainerExited", stoppedReason, containers: [{ exitCode: 1, log }] }, 2);
    return scene;
  }

  test.each([
    ["no log driver", (container: ContainerDefinition) => void delete container.logConfiguration, "it has no log driver"],
    [
      "FireLens",
      (container: ContainerDefinition) => void (container.logConfiguration = { logDriver: "awsfirelens" }),
      "its log goes to awsfirelens, and was not read",
    ],
  ])("and was not read is not nothing: %s", async (_, change, words) => {
    expect((await look(crashed([], change))).causes[0]!.problem).toContain(words);
  });

  test("and may not be read is not nothing", async () => {
    const scene = crashed(["Error: boom"]);
    scene.account.deny(["logs:GetLogEvents"]);
    expect((await look(scene)).causes[0]!.problem).toContain("its log could not be read (logs:GetLogEvents)");
  });

  test("a program of another CPU in an image of the right one is no missing interpreter", async () => {
    const { causes } = await look(crashed(["exec /app/run.sh: exec format error"]));
    expect(causes[0]).toMatchObject({ cause: "program-not-executable", certainty: "sure", key: null });
    expect(causes[0]!.problem).toContain("for another CPU than its image says");
  });
});

test("a cluster that was deleted is not there, though ECS shows it", async () => {
  const scene = fargateWeb();
  scene.state.clusters[0]!.status = "INACTIVE";
  expect(await look(scene)).toMatchObject({ outcome: "unseen", reason: expect.stringContaining("or it was deleted") });
});
