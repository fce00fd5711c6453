import type { Task } from "@aws-sdk/client-ecs";

import { OneOffTask, runSettings, type ServiceInAws, type JobInAws } from "../src";
import { shop, type Shop } from "../testing/shop";

const services = [{ name: "api" }, { name: "migration", kind: "job" }, { name: "nightly", kind: "scheduled-job" }];
const named = ({ inAws }: Shop, name: string): ServiceInAws | JobInAws =>
  [...inAws.services, ...inAws.jobs].find((each) => each.name === name)!;
const vpc = { subnets: ["subnet-0a1"], assignPublicIp: "DISABLED" };

test("a task of a service has its task definition, network and capacity", async () => {
  const seen = shop(services);
  const api = named(seen, "api");
  const task = await OneOffTask.start(seen, api, await runSettings(seen, api), ["node", "seed.js"]);
  expect(task.id).toBe("run1");
  const { clientToken, ...input } = JSON.parse(JSON.stringify(seen.account.state.changes[0]!.input)) as Record<string, unknown>;
  expect(clientToken).toBeDefined();
  expect(input).toEqual({
    cluster: "shop",
    taskDefinition: seen.account.arn("ecs", "task-definition/shop-api:7"),
    networkConfiguration: { awsvpcConfiguration: { ...vpc, securityGroups: ["sg-0api"] } },
    capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1, base: 0 }],
    overrides: { containerOverrides: [{ name: "api", command: ["node", "seed.js"] }] },
    startedBy: "fairlead-run",
    propagateTags: "TASK_DEFINITION",
    enableECSManagedTags: true,
    count: 1,
  });
});

test("a job of a schedule is run as its schedule says", async () => {
  const seen = shop(services);
  seen.account.state.schedules.push({
    Name: "shop-nightly",
    Target: {
      ...{ Arn: "cluster", RoleArn: "role" },
      EcsParameters: {
        TaskDefinitionArn: "any",
        CapacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
        NetworkConfiguration: {
          awsvpcConfiguration: { Subnets: ["subnet-0a1"], SecurityGroups: ["sg-0nightly"], AssignPublicIp: "DISABLED" },
        },
      },
    },
  });
  await expect(runSettings(seen, named(seen, "nightly"))).resolves.toEqual({
    taskDefinitionArn: seen.account.arn("ecs", "task-definition/shop-nightly:7"),
    networkConfiguration: { awsvpcConfiguration: { ...vpc, securityGroups: ["sg-0nightly"] } },
    capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
    launchType: undefined,
  });
});

test("a job of `up` runs beside the services, with its own security group", async () => {
  const seen = shop(services);
  const { state } = seen.account;
  state.subnets.push({ SubnetId: "subnet-0a1", VpcId: "vpc-1" });
  const group = { VpcId: "vpc-1", Description: "Tasks of migration" };
  state.securityGroups.push(
    { ...group, GroupId: "sg-0job", GroupName: "migration-1a2b3c4" },
    { ...group, VpcId: "vpc-2", GroupId: "sg-other", GroupName: "migration-9a2b3c4" },
  );
  await expect(runSettings(seen, named(seen, "migration"))).resolves.toMatchObject({
    networkConfiguration: { awsvpcConfiguration: { ...vpc, securityGroups: ["sg-0job"] } },
  });
  state.securityGroups = [];
  await expect(runSettings(seen, named(seen, "migration"))).rejects.toThrow(
    '0 security groups are called "Tasks of migration": expected one.',
  );
  state.taskDefinitions = [];
  await expect(runSettings(seen, named(seen, "migration"))).rejects.toThrow("migration is not there: `pulumi up -s shop` brings it out.");
});

async function followed(steps: ((task: Task, seen: Shop) => void)[]) {
  const seen = shop(services);
  const { state } = seen.account;
  state.logGroups.push({
    logGroupName: "/fairlead/shop/api",
    streams: { "api/api/other": [{ timestamp: 1, message: "of another task" }] },
  });
  const api = named(seen, "api");
  const task = await OneOffTask.start(seen, api, await runSettings(seen, api), []);
  const told: string[] = [];
  const end = await task.follow({
    onStatus: (status) => told.push(status),
    onLines: (lines) => told.push(...lines.map(({ message }) => message)),
    wait: () => Promise.resolve(steps.shift()?.(state.tasks.at(-1)!, seen)),
  });
  return { told, end };
}
const write =
  (message: string) =>
  (_task: Task, { account }: Shop) => {
    const { streams } = account.state.logGroups[0]!;
    (streams["api/api/run1"] ??= []).push({ timestamp: 1, message });
  };
const stopped = (exitCode: number | undefined, reason: string) => (task: Task) =>
  void Object.assign(task, { lastStatus: "STOPPED", stoppedReason: reason, containers: [{ name: "api", exitCode }] });

test("it is followed to its end: each state once, its own lines, those that come late, and its exit code", async () => {
  const { told, end } = await followed([
    (task) => void (task.lastStatus = "PENDING"),
    (task) => void (task.lastStatus = "RUNNING"),
    write("one"),
    stopped(3, "Essential container in task exited"),
    write("late"),
  ]);
  expect(told).toEqual(["PROVISIONING", "PENDING", "RUNNING", "one", "STOPPED", "late"]);
  expect(end).toEqual({ exitCode: 3, reason: "Essential container in task exited", unseen: [] });
});

test("what it wrote is asked for once, however long it runs", async () => {
  let eventsRead = 0;
  const beginLog = (_task: Task, { account }: Shop) => {
    const stream: { timestamp: number; message: string }[] = [];
    const slice = stream.slice.bind(stream);
    stream.slice = (begin, end) => {
      const read = slice(begin, end);
      eventsRead += read.length;
      return read;
    };
    account.state.logGroups[0]!.streams["api/api/run1"] = stream;
  };
  const lines = Array.from({ length: 25 }, (_, index) => write(`line ${index}`));
  const { told } = await followed([beginLog, ...lines, stopped(0, "done")]);
  expect(told.filter((text) => text.startsWith("line"))).toHaveLength(25);
  expect(eventsRead).toBe(25);
});

test("a log that may not be read is told at the end", async () => {
  const { end } = await followed([(_task, { account }) => account.deny(["logs:GetLogEvents"]), stopped(0, "done")]);
  expect(end.unseen).toMatchObject([{ what: "logs of api", action: "logs:GetLogEvents", kind: "denied" }]);
});

test("one that never began has no exit code, but ECS's reason", async () => {
  const reason = "CannotPullContainerError: not found";
  expect((await followed([stopped(undefined, reason)])).end).toEqual({ exitCode: undefined, reason, unseen: [] });
});
