import { arn, cluster, outOfMemory, FakeEcs } from "./fakeEcs";

let ecs: FakeEcs;

beforeEach(() => {
  ecs = new FakeEcs();
});

describe("a deployment whose tasks fail", () => {
  beforeEach(async () => {
    await ecs.create();
    ecs.rollouts.outcomes.set("api", { is: "failure", end: outOfMemory });
    await ecs.update({ taskDefinition: "api:2" });
  });
  const newest = async () => (await ecs.listed())[0]!;

  test("is counted by the circuit breaker, rolled back, and has the old revision as the primary one again, by its old id", async () => {
    const before = ecs.moto.services.get("api")!.taskDefinition as string;
    expect(before).toBe(arn("task-definition/api:2"));
    expect(await newest()).toMatchObject({ status: "IN_PROGRESS" });
    const during = await ecs.described();
    expect(during).toMatchObject({
      taskDefinition: arn("task-definition/api:2"),
      runningCount: 2,
      deployments: [
        { status: "PRIMARY", rolloutState: "IN_PROGRESS", failedTasks: 2 },
        { status: "ACTIVE", rolloutState: "COMPLETED", runningCount: 2 },
      ],
    });
    const old = during.deployments[1].id as string;
    const failed = during.deployments[0].id as string;
    const brief = await newest();
    const statusReason = "Service deployment rolled back because the circuit breaker threshold was exceeded.";
    expect(brief).toMatchObject({ status: "ROLLBACK_IN_PROGRESS", statusReason });
    expect(brief.finishedAt).toBeUndefined();
    const done = await ecs.described();
    expect(done).toMatchObject({
      taskDefinition: arn("task-definition/api:1"),
      deployments: [{ id: old, status: "PRIMARY", rolloutState: "COMPLETED", rolloutStateReason: `ECS deployment ${old} completed.` }],
    });
    expect(done.deployments).toHaveLength(1);
    const last = await ecs.deployment(brief);
    expect(last).toMatchObject({
      status: "ROLLBACK_SUCCESSFUL",
      deploymentCircuitBreaker: { status: "TRIGGERED", failureCount: 3, threshold: 3 },
      rollback: { reason: statusReason, serviceRevisionArn: last.sourceServiceRevisions[0].arn },
      targetServiceRevision: { requestedTaskCount: 0, runningTaskCount: 0 },
    });
    expect(last.finishedAt).toBeGreaterThan(last.createdAt as number);
    expect(
      (done.events as { message: string }[])
        .map(({ message }) => message)
        .reverse()
        .slice(3),
    ).toEqual([
      `(service api) (deployment ${failed}) deployment failed: tasks failed to start.`,
      `(service api) rolling back to deployment ${old}.`,
      `(service api) (deployment ${old}) deployment completed.`,
      "(service api) has reached a steady state.",
    ]);
  });

  test("shows the rollback while it goes on", async () => {
    ecs.rollouts.outcomes.set("api", { is: "failure", end: outOfMemory, rollbackPolls: 9 });
    await ecs.described(3);
    const { deployments } = await ecs.described();
    expect(deployments).toMatchObject([
      {
        status: "PRIMARY",
        rolloutState: "IN_PROGRESS",
        rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${deployments[0].id}.`,
      },
      {
        rolloutState: "FAILED",
        desiredCount: 0,
        failedTasks: 3,
        rolloutStateReason: "ECS deployment circuit breaker: tasks failed to start.",
      },
    ]);
  });

  test("leaves its stopped tasks, with why they ended", async () => {
    await ecs.described(5);
    const { taskArns } = await ecs.asked("ListTasks", { cluster, serviceName: "api", desiredStatus: "STOPPED" });
    const { tasks: stopped } = await ecs.asked("DescribeTasks", { cluster, tasks: taskArns });
    expect(stopped).toHaveLength(3);
    expect(stopped[0]).toMatchObject({
      group: "service:api",
      startedBy: expect.stringMatching(/^ecs-svc\/\d{19}$/),
      taskDefinitionArn: arn("task-definition/api:2"),
      stopCode: "EssentialContainerExited",
      containers: [{ exitCode: 137, reason: outOfMemory.reason }],
    });
    expect((await ecs.asked("ListTasks", { cluster, serviceName: "api" })).taskArns).toHaveLength(2);
  });

  test("comes out when it is asked for again and its tasks run", async () => {
    await ecs.described(5);
    ecs.rollouts.outcomes.delete("api");
    await ecs.update({ taskDefinition: "api:2" });
    expect((await ecs.listed()).map(({ status }) => status as string)).toEqual(["SUCCESSFUL", "ROLLBACK_SUCCESSFUL", "SUCCESSFUL"]);
    expect(await ecs.described()).toMatchObject({ taskDefinition: arn("task-definition/api:2") });
  });
});

test("a first deployment that fails has nothing to go back to", async () => {
  ecs.rollouts.outcomes.set("api", { is: "failure", end: outOfMemory });
  await ecs.create();
  await ecs.described(3);
  const [brief] = await ecs.listed();
  expect(brief).toMatchObject({ status: "ROLLBACK_FAILED", statusReason: "No rollback candidate was found to run the rollback." });
  expect(await ecs.described()).toMatchObject({ deployments: [{ status: "PRIMARY", rolloutState: "FAILED" }] });
});

test("without rollback a failed deployment stops, and stays the primary one", async () => {
  await ecs.create({ deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } } });
  ecs.rollouts.outcomes.set("api", { is: "failure", end: outOfMemory });
  await ecs.update({ taskDefinition: "api:2" });
  await ecs.described(4);
  expect((await ecs.listed())[0]).toMatchObject({ status: "STOPPED" });
  expect(await ecs.described()).toMatchObject({
    taskDefinition: arn("task-definition/api:2"),
    deployments: [{ rolloutState: "FAILED" }, { status: "ACTIVE", runningCount: 2 }],
  });
});
