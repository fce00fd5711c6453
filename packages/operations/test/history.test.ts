import { chosenServices, historyOf } from "../src";
import { digestOf } from "../testing/runningStack";
import { shop, type Shop } from "../testing/shop";

const history = (seen: Shop, services: string[] = [], most = 10) => historyOf(seen, chosenServices(seen.inAws, services), most);
const recorded = (name: string, at: Date, by: object, parameters: object, more: object = {}) => ({
  EventName: name,
  EventTime: at,
  CloudTrailEvent: JSON.stringify({ userIdentity: by, requestParameters: parameters, ...more }),
});
const deployer = { arn: "arn:aws:sts::111122223333:assumed-role/deploy/jo@example.com" };

test("deployments of all services, the newest first, with the image and the commit of their revision", async () => {
  const seen = shop([{ name: "api" }, { name: "web" }]);
  const { state, clock } = seen.account;
  state.serviceDeployments[1]!.createdAt = clock.ago(60);
  state.serviceDeployments[1]!.status = "ROLLBACK_SUCCESSFUL";
  state.serviceDeployments[1]!.statusReason = "circuit breaker";
  const { deployments, unseen } = await history(seen);
  expect(unseen).toEqual([]);
  expect(deployments.map(({ service, status }) => [service, status])).toEqual([
    ["web", "ROLLBACK_SUCCESSFUL"],
    ["api", "SUCCESSFUL"],
  ]);
  expect(deployments[1]).toEqual({
    service: "api",
    arn: state.serviceDeployments[0]!.serviceDeploymentArn,
    createdAt: "2026-06-01T10:58:20.000Z",
    finishedAt: "2026-06-01T11:00:00.000Z",
    status: "SUCCESSFUL",
    reason: undefined,
    taskDefinition: "shop-api:7",
    image: { digest: digestOf("api"), tag: "1.0.0-aaaaaaaaaaaa-arm64", version: "1.0.0", commit: "aaaaaaaaaaaa" },
    by: undefined,
  });
});

test("so many of each service, over pages", async () => {
  const seen = shop([{ name: "api" }], { maximumPageSize: 2 });
  const { state, clock } = seen.account;
  for (let index = 0; index < 6; index++) {
    state.serviceDeployments.push({ ...state.serviceDeployments[0]!, serviceDeploymentArn: `arn:${index}`, createdAt: clock.ago(index) });
  }
  expect((await history(seen, ["api"], 5)).deployments.map(({ arn }) => arn)).toEqual(["arn:0", "arn:1", "arn:2", "arn:3", "arn:4"]);
});

test("who asked is the last call before, of this service and cluster, that was not refused", async () => {
  const seen = shop([{ name: "api" }]);
  const { state } = seen.account;
  const began = Number(state.serviceDeployments[0]!.createdAt);
  const at = (seconds: number) => new Date(began + seconds * 1000);
  const parameters = { cluster: seen.account.arn("ecs", "cluster/shop"), service: "api", taskDefinition: "shop-api:7" };
  state.trail.push(
    recorded("UpdateService", at(-20), { arn: "arn:aws:iam::111122223333:user/before" }, parameters),
    recorded("UpdateService", at(-3), deployer, parameters),
    recorded("UpdateService", at(-2), { arn: "arn:aws:iam::111122223333:user/refused" }, parameters, { errorCode: "AccessDenied" }),
    recorded("UpdateService", at(-1), { arn: "arn:aws:iam::111122223333:user/elsewhere" }, { ...parameters, cluster: "other" }),
    recorded("UpdateService", at(60), { arn: "arn:aws:iam::111122223333:user/after" }, parameters),
    { EventName: "UpdateService", EventTime: at(0), CloudTrailEvent: "no JSON" },
  );
  expect((await history(seen)).deployments[0]!.by).toBe("deploy/jo@example.com");
  state.trail = [recorded("CreateService", at(-1), { userName: "root" }, { cluster: "shop", serviceName: "api" })];
  expect((await history(seen)).deployments[0]!.by).toBe("root");
  state.trail = [recorded("UpdateService", at(-90), deployer, parameters)];
  expect((await history(seen)).deployments[0]!.by).toBeUndefined();
});

const scaling = {
  arn: "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForApplicationAutoScaling_ECSService/AutoScaling-UpdateService",
};

test("scaling, whose calls begin no deployment, didn't ask for one; and what is late counts where nothing else does", async () => {
  const seen = shop([{ name: "api" }]);
  const { state } = seen.account;
  const at = (seconds: number) => new Date(Number(state.serviceDeployments[0]!.createdAt) + seconds * 1000);
  const service = { cluster: "shop", service: "api" };
  const deploys = { ...service, taskDefinition: "shop-api:7", forceNewDeployment: false };
  const scales = recorded("UpdateService", at(1), scaling, { ...service, desiredCount: 5, forceNewDeployment: false });
  state.trail.push(recorded("UpdateService", at(-3), deployer, deploys), scales);
  expect((await history(seen)).deployments[0]!.by).toBe("deploy/jo@example.com");
  state.trail = [scales];
  expect((await history(seen)).deployments[0]!.by).toBeUndefined();
  state.trail = [recorded("UpdateService", at(1), deployer, { ...service, forceNewDeployment: true })];
  expect((await history(seen)).deployments[0]!.by).toBe("deploy/jo@example.com");
  state.trail.push(recorded("UpdateService", at(-1), { userName: "before" }, deploys));
  expect((await history(seen)).deployments[0]!.by).toBe("before");
});

test("where there are more calls than are looked at, that is said, and what was found is told", async () => {
  const seen = shop([{ name: "api" }]);
  const { state } = seen.account;
  const at = state.serviceDeployments[0]!.createdAt!;
  const service = { cluster: "shop", service: "api" };
  state.trail.push(recorded("CreateService", at, deployer, { ...service, serviceName: "api" }));
  for (let index = 0; index < 201; index++) state.trail.push(recorded("UpdateService", at, scaling, { ...service, desiredCount: index }));
  const { deployments, unseen } = await history(seen);
  const message = "of UpdateService there are more than the 200 newest calls that are looked at";
  expect([deployments[0]!.by, unseen]).toEqual([
    "deploy/jo@example.com",
    [{ what: "who deployed", action: "cloudtrail:LookupEvents", kind: "other", message }],
  ]);
});

test("without permission for CloudTrail the rest is told, and what it takes", async () => {
  const seen = shop([{ name: "api" }]);
  seen.account.deny(["cloudtrail:LookupEvents"]);
  const { deployments, unseen } = await history(seen);
  expect([deployments.length, unseen]).toMatchObject([1, [{ what: "who deployed", action: "cloudtrail:LookupEvents", kind: "denied" }]]);
});

test("a service that was never brought out has no history", async () => {
  const seen = shop([{ name: "api" }]);
  seen.account.state.services = [];
  await expect(history(seen)).resolves.toEqual({ stack: "shop", deployments: [], unseen: [] });
});
