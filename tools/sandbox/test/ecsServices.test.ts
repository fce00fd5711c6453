import type { Document } from "../src/ecs/ecsTasks";
import { arn, cluster, FakeEcs } from "./fakeEcs";

let ecs: FakeEcs;

beforeEach(() => {
  ecs = new FakeEcs();
});

test("a service that is made has a deployment that succeeded, of a revision with its images", async () => {
  await ecs.create();
  const [brief] = await ecs.listed();
  expect(brief).toMatchObject({
    serviceDeploymentArn: expect.stringMatching(/^arn:aws:ecs:us-east-1:123456789012:service-deployment\/dev\/api\/[\w-]{21}$/),
    targetServiceRevisionArn: expect.stringMatching(/:service-revision\/dev\/api\/\d{19}$/),
    serviceArn: arn("service/dev/api"),
    clusterArn: cluster,
    status: "SUCCESSFUL",
  });
  const found = await ecs.deployment(brief!);
  expect(found).toMatchObject({
    sourceServiceRevisions: [],
    targetServiceRevision: { arn: brief!.targetServiceRevisionArn, requestedTaskCount: 2, runningTaskCount: 2, pendingTaskCount: 0 },
    deploymentCircuitBreaker: { status: "MONITORING_COMPLETE", failureCount: 0, threshold: 3 },
    alarms: { status: "DISABLED" },
  });
  expect(Math.abs((found.createdAt as number) - Date.now() / 1000)).toBeLessThan(60);
  expect(await ecs.revision(brief!.targetServiceRevisionArn as string)).toMatchObject({
    taskDefinition: arn("task-definition/api:1"),
    containerImages: [{ containerName: "app", image: "registry/app@sha256:1", imageDigest: "sha256:1" }],
  });
  expect(await ecs.described()).toMatchObject({
    runningCount: 2,
    deployments: [{ status: "PRIMARY", rolloutState: "COMPLETED", desiredCount: 2, runningCount: 2 }],
  });
});

test("another task definition, another network or a forced deployment makes a revision; the number of tasks and the same again don't", async () => {
  await ecs.create({ networkConfiguration: { awsvpcConfiguration: { subnets: ["a"], assignPublicIp: "DISABLED" } } });
  await ecs.update({ desiredCount: 3, healthCheckGracePeriodSeconds: 5 });
  await ecs.update({
    taskDefinition: "api:1",
    networkConfiguration: { awsvpcConfiguration: { assignPublicIp: "DISABLED", subnets: ["a"] } },
  });
  expect(await ecs.listed()).toHaveLength(1);
  expect(await ecs.described()).toMatchObject({ desiredCount: 3, runningCount: 3 });
  await ecs.update({ forceNewDeployment: true });
  await ecs.update({ taskDefinition: "api:2" });
  await ecs.update({ networkConfiguration: { awsvpcConfiguration: { subnets: ["b"] } } });
  expect(await ecs.listed()).toHaveLength(4);
  const [newest] = await ecs.listed();
  const { sourceServiceRevisions, targetServiceRevision } = await ecs.deployment(newest!);
  const [source, target] = [
    await ecs.revision(sourceServiceRevisions[0].arn as string),
    await ecs.revision(targetServiceRevision.arn as string),
  ];
  expect([source.taskDefinition, target.taskDefinition]).toEqual([arn("task-definition/api:2"), arn("task-definition/api:2")]);
  expect(target.networkConfiguration.awsvpcConfiguration.subnets).toEqual(["b"]);
});

test("what moto refuses starts nothing", async () => {
  await expect(ecs.create({ serviceName: "refused" })).rejects.toMatchObject({ code: "InvalidParameterException" });
  await expect(ecs.listed({ service: "refused" })).rejects.toMatchObject({ code: "ServiceNotFoundException" });
});

test("one that goes on does so until it is told, and can be rolled back", async () => {
  await ecs.create();
  ecs.rollouts.outcomes.set("api", { is: "going on", running: 1 });
  await ecs.update({ taskDefinition: "api:2" });
  await ecs.described(9);
  const [brief] = await ecs.listed();
  expect(await ecs.deployment(brief!)).toMatchObject({
    status: "IN_PROGRESS",
    targetServiceRevision: { requestedTaskCount: 2, runningTaskCount: 1 },
  });
  await ecs.asked("StopServiceDeployment", { serviceDeploymentArn: brief!.serviceDeploymentArn });
  await expect(ecs.asked("StopServiceDeployment", { serviceDeploymentArn: brief!.serviceDeploymentArn })).rejects.toMatchObject({
    code: "ConflictException",
  });
  await ecs.described(9);
  expect((await ecs.listed())[0]).toMatchObject({ status: "ROLLBACK_SUCCESSFUL" });
  expect(await ecs.described()).toMatchObject({ taskDefinition: arn("task-definition/api:1"), runningCount: 2 });
});

test("deployments are listed newest first, by status and time, in pages", async () => {
  await ecs.create();
  for (let forced = 0; forced < 24; forced++) await ecs.update({ forceNewDeployment: true });
  const first = await ecs.asked("ListServiceDeployments", { cluster, service: arn("service/dev/api") });
  expect(first.serviceDeployments).toHaveLength(20);
  expect(await ecs.listed({ nextToken: first.nextToken })).toHaveLength(5);
  expect(await ecs.listed({ maxResults: 100 })).toHaveLength(25);
  expect(await ecs.listed({ status: ["IN_PROGRESS"] })).toEqual([]);
  const [newest, second] = first.serviceDeployments as Document[];
  expect(newest!.createdAt).toBeGreaterThanOrEqual(second!.createdAt as number);
  expect(await ecs.listed({ createdAt: { after: newest!.createdAt } })).toEqual([]);
  expect(await ecs.listed({ createdAt: { before: 1 } })).toEqual([]);
  await expect(ecs.listed({ maxResults: 101 })).rejects.toMatchObject({ code: "InvalidParameterException" });
  await expect(ecs.asked("DescribeServiceDeployments", { serviceDeploymentArns: Array(21).fill("x") })).rejects.toMatchObject({
    code: "InvalidParameterException",
  });
  expect(await ecs.asked("DescribeServiceDeployments", { serviceDeploymentArns: ["x"] })).toEqual({
    serviceDeployments: [],
    failures: [{ arn: "x", reason: "MISSING" }],
  });
});

test("a service that is deleted has neither tasks nor deployments", async () => {
  await ecs.create();
  await ecs.asked("DeleteService", { cluster, service: "api" });
  await expect(ecs.listed()).rejects.toMatchObject({ code: "ServiceNotFoundException" });
  expect((await ecs.asked("ListTasks", { cluster, serviceName: "api" })).taskArns).toEqual([]);
});
