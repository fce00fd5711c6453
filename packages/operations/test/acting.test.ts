import { chosenServices, continueDeployment, restart, rollback, start, stop, type ServiceInAws } from "../src";
import { shop, type Shop } from "../testing/shop";

const named = (seen: Shop, ...names: string[]) => chosenServices(seen.inAws, names);
const api = (seen: Shop) => named(seen, "api")[0]!;
const changes = ({ account }: Shop) => account.state.changes.map(({ action, input }) => [action, input]);
const underWay = ({ account }: Shop, more: object = {}) =>
  Object.assign(account.state.serviceDeployments[0]!, { status: "IN_PROGRESS", ...more });

test("restart says what it will do, changes nothing before, and then starts the same task definition anew", async () => {
  const seen = shop([{ name: "api", desiredCount: 3 }]);
  const { says, carryOut } = await restart(seen, api(seen));
  expect(says).toEqual(["api: 3 new tasks of shop-api:7 take the places of those that run (ROLLING)."]);
  expect(changes(seen)).toEqual([]);
  await carryOut();
  expect(changes(seen)).toEqual([["ecs:UpdateService", { cluster: "shop", service: "api", forceNewDeployment: true }]]);
});

test("restart doesn't end a deployment that is under way, wake a service that is asleep, or restart what is not there", async () => {
  const busy = shop([{ name: "api" }]);
  underWay(busy);
  await expect(restart(busy, api(busy))).rejects.toThrow(
    "A deployment of api is under way (IN_PROGRESS), which a restart would end: wait for it.",
  );
  const asleep = shop([{ name: "api", desired: 0 }]);
  await expect(restart(asleep, api(asleep))).rejects.toThrow("its desired count is 0");
  const gone = shop([{ name: "api" }]);
  gone.account.state.services = [];
  await expect(restart(gone, api(gone))).rejects.toThrow("api is not there: `pulumi up -s shop` brings it out.");
});

test("a deployment that waits for a word goes on, or is taken back", async () => {
  const seen = shop([{ name: "api" }]);
  const hook = {
    hookId: "hook-1",
    targetType: "PAUSE",
    status: "AWAITING_ACTION",
    expiresAt: seen.account.clock.in(600),
    timeoutAction: "ROLLBACK",
  };
  underWay(seen, { lifecycleStage: "POST_TEST_TRAFFIC_SHIFT", lifecycleHookDetails: [{ hookId: "hook-0", status: "SUCCEEDED" }, hook] });
  const goesOn = await continueDeployment(seen, api(seen));
  expect(goesOn.says).toEqual([
    "api: its deployment goes on from POST_TEST_TRAFFIC_SHIFT. Without a word ECS does ROLLBACK at 2026-06-01T12:10:00.000Z.",
  ]);
  await goesOn.carryOut();
  await (await continueDeployment(seen, api(seen), "ROLLBACK")).carryOut();
  const { serviceDeploymentArn } = seen.account.state.serviceDeployments[0]!;
  expect(changes(seen)).toEqual([
    ["ecs:ContinueServiceDeployment", { serviceDeploymentArn, hookId: "hook-1", action: "CONTINUE" }],
    ["ecs:ContinueServiceDeployment", { serviceDeploymentArn, hookId: "hook-1", action: "ROLLBACK" }],
  ]);
});

test("where no deployment waits, that is said", async () => {
  const seen = shop([{ name: "api" }]);
  await expect(continueDeployment(seen, api(seen))).rejects.toThrow("No deployment of api is under way.");
  underWay(seen, { lifecycleStage: "BAKE_TIME" });
  await expect(continueDeployment(seen, api(seen))).rejects.toThrow(
    "The deployment of api waits for nobody: it is IN_PROGRESS, at BAKE_TIME.",
  );
});

const nightShop = () =>
  shop([{ name: "api" }, { name: "web", desired: 5, scaling: { minCapacity: 2, maxCapacity: 6 } }, { name: "off", desiredCount: 0 }]);
/** Changes of one service, in their order; between services there is none. */
const changesOf = (seen: Shop, name: string) => changes(seen).filter(([, input]) => JSON.stringify(input).includes(`${name}"`));
const all = ({ inAws }: Shop): ServiceInAws[] => inAws.services;

test("stop takes all tasks away, scaling first, and start brings the plan's counts and the scaling back", async () => {
  const seen = nightShop();
  const asleep = await stop(seen, all(seen));
  expect(asleep.says).toEqual(["api: 2 → 0 tasks.", "web: 5 → 0 tasks, its scaling is suspended.", "No tasks already: off."]);
  await asleep.carryOut();
  const suspended = (value: boolean) => ({
    DynamicScalingInSuspended: value,
    DynamicScalingOutSuspended: value,
    ScheduledScalingSuspended: value,
  });
  const target = { ServiceNamespace: "ecs", ScalableDimension: "ecs:service:DesiredCount", ResourceId: "service/shop/web" };
  const toZero = (service: string) => ["ecs:UpdateService", { cluster: "shop", service, desiredCount: 0 }];
  expect(changesOf(seen, "api")).toEqual([toZero("api")]);
  expect(changesOf(seen, "web")).toEqual([
    ["application-autoscaling:RegisterScalableTarget", { ...target, SuspendedState: suspended(true) }],
    toZero("web"),
  ]);
  await expect(stop(seen, all(seen))).resolves.toMatchObject({ says: [], why: "No service has tasks." });
  seen.account.state.changes = [];
  const awake = await start(seen, all(seen));
  expect(awake.says).toEqual(["api: 0 → 2 tasks.", "web: 0 → 2 tasks, its scaling goes on (2 to 6)."]);
  await awake.carryOut();
  expect(changesOf(seen, "api")).toEqual([["ecs:UpdateService", { cluster: "shop", service: "api", desiredCount: 2 }]]);
  expect(changesOf(seen, "web")).toEqual([
    ["ecs:UpdateService", { cluster: "shop", service: "web", desiredCount: 2 }],
    ["application-autoscaling:RegisterScalableTarget", { ...target, SuspendedState: suspended(false) }],
  ]);
  await expect(start(seen, all(seen))).resolves.toMatchObject({ says: [], why: "No service is asleep." });
});

test("only the services that are named are put to sleep", async () => {
  const seen = nightShop();
  await (await stop(seen, named(seen, "api"))).carryOut();
  expect(changes(seen)).toEqual([["ecs:UpdateService", { cluster: "shop", service: "api", desiredCount: 0 }]]);
});

const isHeld = ({ account }: Shop) => account.state.scalableTargets[0]!.SuspendedState?.DynamicScalingInSuspended === true;
const countOf = ({ account }: Shop, name: string) => account.state.services.find(({ serviceName }) => serviceName === name)!.desiredCount;

test("a stop that was cut off after scaling was suspended is finished by another, or taken back by start", async () => {
  const cutOff = async () => {
    const seen = nightShop();
    seen.account.deny(["ecs:UpdateService"]);
    await expect((await stop(seen, all(seen))).carryOut()).rejects.toThrow("FL2805");
    expect([isHeld(seen), countOf(seen, "web")]).toEqual([true, 5]);
    seen.account.allow();
    return seen;
  };
  const again = await cutOff();
  const { says, carryOut } = await stop(again, all(again));
  expect(says).toEqual(["api: 2 → 0 tasks.", "web: 5 → 0 tasks.", "No tasks already: off."]);
  await carryOut();
  expect([isHeld(again), countOf(again, "web"), countOf(again, "api")]).toEqual([true, 0, 0]);
  const back = await cutOff();
  const awake = await start(back, all(back));
  expect(awake.says).toEqual(["web: its scaling goes on (2 to 6)."]);
  await awake.carryOut();
  expect([isHeld(back), countOf(back, "web")]).toEqual([false, 5]);
  await expect(start(back, all(back))).resolves.toMatchObject({ why: "No service is asleep." });
});

test("a service without tasks that scales is not asleep yet: scaling would start some", async () => {
  const seen = shop([{ name: "web", desired: 0, scaling: { minCapacity: 2, maxCapacity: 6 } }]);
  const { says, carryOut } = await stop(seen, all(seen));
  expect(says).toEqual(["web: its scaling is suspended."]);
  await carryOut();
  expect([isHeld(seen), changes(seen).length]).toEqual([true, 1]);
  await expect(stop(seen, all(seen))).resolves.toMatchObject({ why: "No service has tasks." });
});

test("a start that was cut off before scaling went on is finished by another", async () => {
  const seen = nightShop();
  await (await stop(seen, all(seen))).carryOut();
  seen.account.deny(["application-autoscaling:RegisterScalableTarget"]);
  await expect((await start(seen, all(seen))).carryOut()).rejects.toThrow(
    "web: These credentials lack application-autoscaling:RegisterScalableTarget",
  );
  expect([isHeld(seen), countOf(seen, "web"), countOf(seen, "api")]).toEqual([true, 2, 2]);
  seen.account.allow();
  await (await start(seen, all(seen))).carryOut();
  expect(isHeld(seen)).toBe(false);
});

test("what AWS refuses of one service keeps the others from nothing, and all refusals are told at once", async () => {
  const seen = shop([{ name: "api" }, { name: "gone" }, { name: "web" }, { name: "lost" }]);
  const { carryOut } = await stop(seen, all(seen));
  seen.account.state.services = seen.account.state.services.filter(({ serviceName }) => serviceName !== "gone" && serviceName !== "lost");
  await expect(carryOut()).rejects.toThrow(
    [
      "FL2805 fairlead stop: 2 of 4 services are left.",
      "gone, lost: AWS refuses: Service not found.",
      "Done: api, web.",
      "fix: `fairlead stop -s shop` again does what is left.",
    ].join("\n  "),
  );
  expect([countOf(seen, "api"), countOf(seen, "web")]).toEqual([0, 0]);
});

test("what can't be seen first is not changed", async () => {
  const seen = nightShop();
  seen.account.deny(["ecs:DescribeServices"]);
  await expect(stop(seen, all(seen))).rejects.toThrow(
    "What is asked first could not be seen: services (it needs ecs:DescribeServices). Nothing was changed.",
  );
});

test("of a service that is not there each command says the same", async () => {
  const seen = shop([{ name: "api" }]);
  seen.account.state.services = [];
  const [api] = seen.inAws.services;
  const project = { root: "/", configFolder: "/", name: "fairlead" };
  const asked = [() => restart(seen, api!), () => continueDeployment(seen, api!), () => rollback({ ...seen, project }, api!)];
  for (const ask of asked) await expect(ask()).rejects.toThrow("api is not there: `pulumi up -s shop` brings it out.");
});
