import { EnvironmentWatch } from "../src";
import { digestOf } from "../testing/runningStack";
import { shop, type Shop } from "../testing/shop";

const look = ({ account, ...stack }: Shop, services: string[] = []) =>
  new EnvironmentWatch(stack).look({ services, now: account.clock.milliseconds });
const statusOf = async (seen: Shop, name: string) => (await look(seen)).services.find((service) => service.name === name)!;
const serviceOf = ({ account }: Shop, name: string) => account.state.services.find(({ serviceName }) => serviceName === name)!;

test("the time is AWS's: this machine's clock may be wrong by hours", async () => {
  const { account, ...stack } = shop([{ name: "api" }]);
  account.tellsTime = true;
  expect((await new EnvironmentWatch(stack).look()).at).toMatch(/^2026-06-01T1[12]:/);
});

test("an environment at rest: image and commit, tasks, the last deployment, and nothing that differs", async () => {
  const seen = shop([{ name: "api", scaling: { minCapacity: 2, maxCapacity: 6 } }]);
  await expect(look(seen)).resolves.toEqual({
    stack: "shop",
    region: "eu-west-1",
    accountId: "111122223333",
    cluster: "shop",
    at: "2026-06-01T12:00:00.000Z",
    services: [
      {
        name: "api",
        manifest: "apps/api/service.yaml",
        state: "steady",
        pinnedImage: undefined,
        taskDefinition: "shop-api:7",
        image: { digest: digestOf("api"), tag: "1.0.0-aaaaaaaaaaaa-arm64", version: "1.0.0", commit: "aaaaaaaaaaaa" },
        tasks: { desired: 2, running: 2, pending: 0 },
        health: { healthy: 0, unhealthy: 0, unknown: 2 },
        targets: undefined,
        scaling: { minCapacity: 2, maxCapacity: 6, suspended: false },
        lastDeployment: {
          arn: seen.account.state.serviceDeployments[0]!.serviceDeploymentArn,
          status: "SUCCESSFUL",
          reason: undefined,
          startedAt: "2026-06-01T10:58:30.000Z",
          finishedAt: "2026-06-01T11:00:00.000Z",
        },
        alarms: [],
        differences: [],
      },
    ],
    notInThePlan: [],
    unseen: [],
  });
});

test("the commit is that of the tag that the build gave, whatever other tags the image has", async () => {
  const seen = shop([{ name: "api", tags: ["deployed-2.1.0-0123456789ab-arm64", "blue", "2.1.0-0123456789ab-1f2e3d4c-arm64"] }]);
  expect((await statusOf(seen, "api")).image).toMatchObject({ version: "2.1.0", commit: "0123456789ab" });
  const dirty = shop([{ name: "api", tags: ["1.0.0-dirty-0123456789ab-arm64"] }]);
  expect((await statusOf(dirty, "api")).image).toMatchObject({ version: "1.0.0", commit: "dirty-0123456789ab" });
  const foreign = shop([{ name: "api", tags: [] }]);
  expect((await statusOf(foreign, "api")).image).toEqual({
    digest: digestOf("api"),
    tag: undefined,
    version: undefined,
    commit: undefined,
  });
});

test("an image of a service that ECS has no revision of is known by its tasks", async () => {
  const seen = shop([{ name: "api" }]);
  serviceOf(seen, "api").currentServiceRevisions = undefined;
  expect((await statusOf(seen, "api")).image?.digest).toBe(digestOf("api"));
});

test("states: deploying, short of tasks, asleep, not there; none of them where the plan wants no tasks", async () => {
  const seen = shop([
    { name: "api" },
    { name: "web", running: 1 },
    { name: "night", desired: 0 },
    { name: "scaled", desired: 0, scaling: { minCapacity: 1, maxCapacity: 3 } },
    { name: "none", desiredCount: 0 },
    { name: "gone" },
  ]);
  const { state, clock } = seen.account;
  state.serviceDeployments[0]!.status = "IN_PROGRESS";
  state.serviceDeployments[0]!.finishedAt = undefined;
  state.services = state.services.filter(({ serviceName }) => serviceName !== "gone");
  state.serviceDeployments[1]!.createdAt = clock.ago(3600);
  const { services } = await look(seen);
  expect(Object.fromEntries(services.map(({ name, state }) => [name, state]))).toEqual({
    api: "deploying",
    web: "short of tasks",
    night: "asleep",
    scaled: "asleep",
    none: "steady",
    gone: "not there",
  });
});

test("the newest deployment counts, with ECS's reason", async () => {
  const seen = shop([{ name: "api" }]);
  const { state, clock } = seen.account;
  const reason = "Service deployment rolled back because the circuit breaker threshold was exceeded.";
  state.serviceDeployments.push({
    ...state.serviceDeployments[0]!,
    ...{ serviceDeploymentArn: "arn:new", status: "ROLLBACK_SUCCESSFUL", statusReason: reason, createdAt: clock.ago(60) },
  });
  expect((await statusOf(seen, "api")).lastDeployment).toMatchObject({ arn: "arn:new", status: "ROLLBACK_SUCCESSFUL", reason });
});

test("alarms that are on, and of them those of the service", async () => {
  const seen = shop([{ name: "api" }, { name: "web" }]);
  seen.account.state.alarms.push({ AlarmName: "shop-api-cpu", StateValue: "ALARM" }, { AlarmName: "shop-web-cpu", StateValue: "OK" });
  const { services } = await look(seen);
  expect(services.map(({ name, alarms }) => [name, alarms])).toEqual([
    ["api", ["shop-api-cpu"]],
    ["web", []],
  ]);
});

test("targets and health checks of containers are counted, but those that drain", async () => {
  const seen = shop([{ name: "api" }]);
  const { state } = seen.account;
  const targetGroupArn = seen.account.arn("elasticloadbalancing", "targetgroup/api/1");
  state.targetGroups.push({ TargetGroupArn: targetGroupArn });
  serviceOf(seen, "api").loadBalancers = [{ targetGroupArn, containerName: "api", containerPort: 80 }];
  state.targetHealth[targetGroupArn] = (["healthy", "unhealthy", "draining"] as const).map((State) => ({ TargetHealth: { State } }));
  state.tasks[0]!.healthStatus = "UNHEALTHY";
  state.tasks[1]!.healthStatus = "HEALTHY";
  expect(await statusOf(seen, "api")).toMatchObject({
    targets: { healthy: 1, others: 1 },
    health: { healthy: 1, unhealthy: 1, unknown: 0 },
  });
});

test("what differs from the plan is said; a count that scaling moved is no difference", async () => {
  const seen = shop([
    { name: "api", tags: ["0.9.0-bbbbbbbbbbbb-arm64"], desired: 5, enableExecuteCommand: true },
    { name: "web", desired: 5, scaling: { minCapacity: 2, maxCapacity: 6 } },
  ]);
  const { state } = seen.account;
  serviceOf(seen, "api").enableExecuteCommand = false;
  serviceOf(seen, "api").deploymentConfiguration = { strategy: "CANARY" };
  state.scalableTargets[0]!.MinCapacity = 1;
  state.scalableTargets[0]!.SuspendedState = { DynamicScalingOutSuspended: true };
  const { services } = await look(seen);
  expect(services[0]!.differences).toEqual([
    "image 0.9.0-bbbbbbbbbbbb-arm64, the plan has 1.0.0-aaaaaaaaaaaa",
    "tasks 5, the plan has 2",
    "strategy CANARY, the plan has ROLLING",
    "ECS Exec off, the plan has on",
  ]);
  expect(services[1]!.differences).toEqual(["at least 1, the plan has 2", "scaling is suspended"]);
  expect(services[1]!.state).toBe("steady");
});

test("services of the cluster that the plan doesn't have are named", async () => {
  const seen = shop([{ name: "api" }]);
  const { state } = seen.account;
  state.services.push({ ...state.services[0]!, serviceName: "old", serviceArn: seen.account.arn("ecs", "service/shop/old") });
  expect((await look(seen)).notInThePlan).toEqual(["old"]);
});

test("what may not be seen is said, with the action that it takes, and the rest is told", async () => {
  const seen = shop([{ name: "api" }]);
  seen.account.deny(["ecs:ListServiceDeployments", "cloudwatch:DescribeAlarms", "ecr:DescribeImages"]);
  const { services, unseen } = await look(seen);
  expect(services[0]).toMatchObject({ state: "steady", tasks: { running: 2 }, image: { digest: digestOf("api"), tag: undefined } });
  expect(unseen.map(({ what, action, kind }) => [what, action, kind]).sort()).toEqual([
    ["alarms", "cloudwatch:DescribeAlarms", "denied"],
    ["outcomes of deployments", "ecs:ListServiceDeployments", "denied"],
    ["tags of images", "ecr:DescribeImages", "denied"],
  ]);
  seen.account.deny(["ecs:DescribeServices"]);
  expect((await look(seen)).services[0]).toMatchObject({ state: "unknown", tasks: undefined });
});

test("throttling is survived", async () => {
  const seen = shop([{ name: "api" }]);
  seen.account.throttle("ecs:DescribeServices", 1, 2);
  expect((await look(seen)).unseen).toEqual([]);
});

test("a stack that was never brought out has services that are not there", async () => {
  const seen = shop([{ name: "api" }]);
  seen.account.state.clusters = [];
  const { services, unseen } = await look(seen);
  expect([services[0]!.state, unseen]).toEqual(["not there", []]);
});

test("services that are named are asked for alone, and one that there is not is refused", async () => {
  const seen = shop([{ name: "api" }, { name: "web" }]);
  expect((await look(seen, ["web"])).services.map(({ name }) => name)).toEqual(["web"]);
  await expect(look(seen, ["wep"])).rejects.toThrow('There is no service "wep" in shop. Did you mean "web"? Services: api, web.');
});

test("300 services take under 3 seconds at 50 ms a call, without one that is throttled", async () => {
  const services = Array.from({ length: 300 }, (_, number) => ({ name: `s${number}`, scaling: { minCapacity: 1, maxCapacity: 4 } }));
  const seen = shop(services, { latencyMilliseconds: 50 });
  const began = seen.account.clock.milliseconds;
  const { services: found, unseen } = await look(seen);
  const seconds = (seen.account.clock.milliseconds - began) / 1000;
  expect([found.length, unseen]).toEqual([300, []]);
  expect(found.every(({ state, image }) => state === "steady" && image?.commit !== undefined)).toBe(true);
  const { "ecr:DescribeImages": images, ...others } = seen.account.calls;
  expect(images).toBe(300);
  expect(others).toEqual({
    "ecs:DescribeServices": 30,
    "ecs:ListServices": 3,
    "ecs:ListTasks": 6,
    "ecs:DescribeTasks": 6,
    "ecs:DescribeServiceRevisions": 15,
    "cloudwatch:DescribeAlarms": 3,
    "application-autoscaling:DescribeScalableTargets": 6,
  });
  expect(seconds).toBeLessThan(3);
});

test("looked at again, images are not asked for again", async () => {
  const { account, ...stack } = shop([{ name: "api" }]);
  const watch = new EnvironmentWatch(stack);
  await watch.look();
  await watch.look();
  expect(account.calls["ecr:DescribeImages"]).toBe(1);
});
