import { RolloutProgress, type ServiceDeployment } from "../src";
import { ScriptedEcs } from "./scriptedEcs";

const service = { clusterArn: "arn:cluster/dev", serviceName: "api", taskDefinitionArn: "api:2" };

describe("the live line", () => {
  let now = 0;
  const script = new ScriptedEcs();
  const progress = (count?: number, isShared = false) =>
    new RolloutProgress(service, {
      ...{ ecs: script.ecs, now: () => now },
      healthyTargets: (_, others) => Promise.resolve(count === undefined ? undefined : { count, isShared: isShared && others.length > 0 }),
    });
  const deployment: ServiceDeployment = {
    status: "IN_PROGRESS",
    lifecycleStage: "SCALE_UP",
    targetServiceRevision: { arn: "r2", requestedTaskCount: 3, runningTaskCount: 1, pendingTaskCount: 2 },
    sourceServiceRevisions: [{ arn: "r1", runningTaskCount: 3 }],
  };

  test("has the tasks of both revisions, and what is healthy where somebody knows", async () => {
    expect(await progress(1).line(deployment)).toBe("in progress scale up, new: 1 of 3 running, 2 starting, 1 healthy, old: 3 running");
    expect(await progress().line(deployment)).not.toContain("healthy");
    expect(await progress(3, true).line(deployment)).toContain("2 starting, 3 healthy of both, old: 3 running");
    const alone = { ...deployment, sourceServiceRevisions: [{ arn: "r1", runningTaskCount: 0 }] };
    expect(await progress(3, true).line(alone)).toContain("3 healthy, old: 0 running");
  });

  test("has the traffic's share, and the time that is left of a step and of the bake", async () => {
    const line = progress();
    const shifted = { ...deployment.targetServiceRevision, requestedProductionTrafficWeight: 25 };
    const stepping: ServiceDeployment = {
      ...deployment,
      lifecycleStage: "PRODUCTION_TRAFFIC_SHIFT",
      targetServiceRevision: shifted,
      deploymentConfiguration: { bakeTimeInMinutes: 10, linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: 5 } },
    };
    expect(await line.line(stepping)).toMatch(/25 % of the traffic, step: at most 5 min left$/);
    now += 2 * 60_000;
    expect(await line.line(stepping)).toMatch(/at most 3 min left$/);
    const next = { ...stepping, targetServiceRevision: { ...shifted, requestedProductionTrafficWeight: 50 } };
    expect(await line.line(next)).toMatch(/50 % of the traffic, step: at most 5 min left$/);
    expect(await line.line({ ...next, lifecycleStage: "BAKE_TIME" })).toMatch(/bake: at most 10 min left$/);
  });

  test("has the first failure as soon as ECS counts one, and no task that scaling ended", async () => {
    const ended = { taskDefinitionArn: "api:2", stoppedAt: new Date(1000) };
    const exit = { stoppedReason: "Essential container in task exited", stopCode: "EssentialContainerExited" as const };
    script.tasks = [
      {
        ...ended,
        taskArn: "t0",
        stopCode: "ServiceSchedulerInitiated",
        stoppedReason: "Scaling activity initiated by (deployment ecs-svc/1)",
      },
      { ...ended, ...exit, taskArn: "t1", stoppedAt: new Date(3000), containers: [{ name: "api", exitCode: 2 }] },
      { ...ended, ...exit, taskArn: "t2", stoppedAt: new Date(2000), containers: [{ name: "api", exitCode: 1 }] },
      {
        ...ended,
        ...exit,
        taskArn: "t3",
        taskDefinitionArn: "api:1",
        stoppedAt: new Date(500),
        containers: [{ name: "api", exitCode: 9 }],
      },
    ];
    expect(await progress().line(deployment)).not.toContain("failure");
    const failing = { ...deployment, deploymentCircuitBreaker: { failureCount: 1, threshold: 3 } };
    expect(await progress().line(failing)).toMatch(/first failure: Essential container in task exited; api: exit code 1$/);
  });

  test("has no secret of what ECS quotes, and steers no terminal", async () => {
    script.tasks = [
      {
        ...{ taskDefinitionArn: "api:2", taskArn: "t4", stopCode: "TaskFailedToStart", containers: [] },
        stoppedReason: 'exec: "serve --db=postgres://app:hunter2@db/x --password=hunter2": executable file not found\u001b[2J\n::error::x',
      },
    ];
    const line = await progress().line({ ...deployment, deploymentCircuitBreaker: { failureCount: 1, threshold: 3 } });
    expect(line).toContain("executable file not found");
    expect(line).not.toMatch(/hunter2|[\u001b\n]/);
  });
});
