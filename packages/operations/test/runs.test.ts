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
  await expect(runSettings(seen, { ...named(seen, "migration"), securityGroups: ["sg-theirs"] })).resolves.toMatchObject({
    networkConfiguration: { awsvpcConfiguration: { securityGroups: ["sg-0job", "sg-theirs"] } },
  });
  const inPublicSubnets = { ...named(seen, "migration"), assignPublicIp: true };
  await expect(runSettings(seen, inPublicSubnets)).rejects.toThrow("shop has no service in whose public subnets migration could run.");
  seen.inAws.services[0]!.assignPublicIp = true;
  await expect(runSettings(seen, inPublicSubnets)).resolves.toMatchObject({
    networkConfiguration: { awsvpcConfiguration: { ...vpc, assignPublicIp: "ENABLED", securityGroups: ["sg-0job"] } },
  });
  seen.inAws.services[0]!.assignPublicIp = false;
  state.securityGroups = [];
  await expect(runSettings(seen, named(seen, "migration"))).rejects.toThrow(
    '0 security groups are called "Tasks of migration": expected one.',
  );
  state.taskDefinitions = [];
  await expect(runSettings(seen, named(seen, "migration"))).rejects.toThrow("migration is not there: `pulumi up -s shop` brings it out.");
});

async function followed(steps: ((task: Task, seen: Shop) => void)[], clientsOf = ({ clients }: Shop) => clients) {
  const made = shop(services);
  const seen = { ...made, clients: clientsOf(made) };
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

/** Answers that are none, one after the other, before ECS answers again. */
function instead(answers: (undefined | Error)[]) {
  return ({ clients }: Shop): Shop["clients"] =>
    new Proxy(clients, {
      get: (target, key) => {
        const made = Reflect.get(target, key) as unknown;
        if (key !== "ecs") return typeof made === "function" ? (made.bind(target) as unknown) : made;
        return async () => {
          const ecs = await target.ecs();
          const send = ecs.send.bind(ecs) as (command: object) => Promise<unknown>;
          return {
            send: (command: object) => {
              if (command.constructor.name !== "DescribeTasksCommand" || answers.length === 0) return send(command);
              const answer = answers.shift();
              return answer ? Promise.reject(answer) : Promise.resolve({ tasks: [], failures: [{ reason: "MISSING" }] });
            },
          };
        };
      },
    });
}
const named500 = Object.assign(new Error("server"), { name: "ServerException", $metadata: { httpStatusCode: 500 } });
const unreachable = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
const denied = Object.assign(new Error("no"), { name: "AccessDeniedException" });

test("a task that ECS doesn't know yet, and a look that fails, are no end", async () => {
  const clients = instead([undefined, undefined, unreachable, named500, undefined]);
  const { told, end } = await followed([...Array<() => void>(5).fill(() => undefined), stopped(0, "done")], clients);
  expect(told).toEqual(["PROVISIONING", "STOPPED"]);
  expect(end).toEqual({ exitCode: 0, reason: "done", unseen: [] });
});

test("one that ECS doesn't know at all, nor answers for, is followed no longer; a refusal is told at once", async () => {
  const { end } = await followed([], instead(Array<undefined>(100).fill(undefined)));
  expect(end).toEqual({ exitCode: undefined, reason: "ECS knows nothing of the task, or nothing any more", unseen: [] });
  await expect(followed([], instead(Array<Error>(100).fill(unreachable)))).rejects.toBe(unreachable);
  await expect(followed([], instead([denied]))).rejects.toBe(denied);
});

test("a log that can't be reached once the task has ended takes nothing from its exit code", async () => {
  const { end } = await followed([
    stopped(4, "done"),
    (_task, { clients }) => void jest.spyOn(clients, "logs").mockRejectedValue(unreachable),
  ]);
  expect(end).toMatchObject({ exitCode: 4, unseen: [{ what: "logs of api" }] });
});

test("one that never began has no exit code, but ECS's reason", async () => {
  const reason = "CannotPullContainerError: not found";
  expect((await followed([stopped(undefined, reason)])).end).toEqual({ exitCode: undefined, reason, unseen: [] });
});
