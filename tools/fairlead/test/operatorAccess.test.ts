import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OperatorAccess, type OperatorAccessArgs } from "@fairlead/access";
import { allows } from "@fairlead/access/testing/allows";
import { diagnose, diagnosisClients } from "@fairlead/diagnosis";
import { fargateWeb, scheduledJob } from "@fairlead/diagnosis/testing/scenes/healthy";
import {
  addressOf,
  chosenService,
  continueDeployment,
  EnvironmentWatch,
  execute,
  historyOf,
  LogReader,
  logSources,
  OneOffTask,
  openTunnel,
  reachableTask,
  restart,
  rollback,
  runSettings,
  Sight,
  start,
  stop,
  tunnelEnd,
} from "@fairlead/operations";
import { shop, type Shop } from "@fairlead/operations/testing/shop";
import { embeddedPlan, type Plan } from "@fairlead/plan";
import type { InputPropertiesError } from "@pulumi/pulumi";

import { root } from "../testing/components";
import { resourcesOfChange } from "../testing/resourcesOfChange";

const planOf = (args: Partial<OperatorAccessArgs> = {}) =>
  embeddedPlan({
    project: "shop",
    stack: "access",
    config: { "aws:region": "eu-west-1", "aws:allowedAccountIds": '["111122223333"]' },
    program: () =>
      void new OperatorAccess("shop", { trustedArns: ["arn:aws:iam::111122223333:role/people"], environments: ["shop"], ...args }),
  });

let policies: { read: string; operate: string; operateOthers: string };
const folder = mkdtempSync(join(tmpdir(), "fairlead-operators-"));
beforeAll(async () => {
  writeFileSync(join(folder, "Pulumi.shop.yaml"), "config: {}\n");
  const policyOf = (plan: Plan, name: string) =>
    plan.resources.find((each) => each.type === "aws:iam/rolePolicy:RolePolicy" && each.name === name)!.inputs.policy as string;
  const [plan, others] = [await planOf(), await planOf({ environments: ["sho", "shop-eu", "prod"] })];
  policies = {
    read: policyOf(plan, "shop-read"),
    operate: policyOf(plan, "shop-operate"),
    operateOthers: policyOf(others, "shop-operate"),
  };
});
afterAll(() => rmSync(folder, { recursive: true }));

const agent = { name: "ExecuteCommandAgent", lastStatus: "RUNNING" } as const;

/** An environment in which each verb has something to do. */
function operated(): Shop {
  const seen = shop(
    [
      { name: "api", enableExecuteCommand: true, uses: ["orders"], routes: [{ path: "/*" }], scaling: { minCapacity: 1, maxCapacity: 3 } },
      { name: "nightly", kind: "scheduled-job" },
      { name: "migration", kind: "job" },
    ],
    { data: [{ type: "fairlead:data:Postgres", name: "orders" }] },
  );
  const { state, arn } = seen.account;
  for (const { containers } of state.tasks) containers![0]!.managedAgents = [{ ...agent }];
  state.taskDefinitions[0]!.containerDefinitions![0]!.environment = [
    { name: "ORDERS_HOST", value: "db" },
    { name: "ORDERS_PORT", value: "5432" },
  ];
  const [TargetGroupArn, LoadBalancerArn] = [
    arn("elasticloadbalancing", "targetgroup/api/1"),
    arn("elasticloadbalancing", "loadbalancer/app/shop/1"),
  ];
  state.targetGroups.push({ TargetGroupArn, LoadBalancerArns: [LoadBalancerArn] });
  state.loadBalancers.push({ LoadBalancerArn, DNSName: "shop" });
  state.services[0]!.loadBalancers = [{ targetGroupArn: TargetGroupArn }];
  state.logGroups.push({ logGroupName: "/fairlead/shop/api", streams: {} });
  state.schedules.push({ Name: "shop-nightly", Target: { Arn: "cluster", RoleArn: "role" } });
  state.subnets.push({ SubnetId: "subnet-0a1", VpcId: "vpc-1" });
  state.securityGroups.push({ GroupId: "sg-0", GroupName: "migration-1a2b3c4", Description: "Tasks of migration", VpcId: "vpc-1" });
  return seen;
}
const api = (seen: Shop) => chosenService(seen.inAws, "api");
const project = { root: folder, configFolder: folder, name: "fairlead" };
const actionsOf = ({ account }: Pick<Shop, "account">) => Object.keys(account.calls);

const reading: Record<string, (seen: Shop) => Promise<unknown>> = {
  status: (seen) => new EnvironmentWatch(seen).look(),
  logs: (seen) => new LogReader(seen.clients, new Sight("shop")).read(logSources(seen.inAws, ["api"]), { since: 0 }),
  history: (seen) => historyOf(seen, seen.inAws.services, 5),
  open: (seen) => addressOf(seen, api(seen)),
};

const changing: Record<string, (seen: Shop) => Promise<unknown>> = {
  restart: async (seen) => (await restart(seen, api(seen))).carryOut(),
  continue: async (seen) => {
    Object.assign(seen.account.state.serviceDeployments[0]!, {
      status: "IN_PROGRESS",
      lifecycleHookDetails: [{ hookId: "hook", status: "AWAITING_ACTION" }],
    });
    return (await continueDeployment(seen, api(seen))).carryOut();
  },
  "rollback of what is under way": async (seen) => {
    const { state } = seen.account;
    const [deployment, revision] = [state.serviceDeployments[0]!, state.serviceRevisions[0]!];
    state.serviceDeployments.push({ ...deployment, serviceDeploymentArn: "arn:6", targetServiceRevision: { arn: "arn:revision" } });
    state.serviceRevisions.push({ ...revision, serviceRevisionArn: "arn:revision", taskDefinition: "shop-api:6" });
    Object.assign(deployment, { status: "IN_PROGRESS", sourceServiceRevisions: [{ arn: "arn:revision" }] });
    return (await rollback({ ...seen, project }, api(seen))).carryOut();
  },
  "rollback to a tag": (seen) => rollback({ ...seen, project }, api(seen), { to: "1.0.0-aaaaaaaaaaaa" }),
  "stop and start": async (seen) => {
    await (await stop(seen, [api(seen)])).carryOut();
    await (await start(seen, [api(seen)])).carryOut();
  },
  run: async (seen) => {
    const [, migration, nightly] = [api(seen), ...seen.inAws.jobs];
    await Promise.all([runSettings(seen, migration!), runSettings(seen, nightly!)]);
    const task = await OneOffTask.start(seen, api(seen), await runSettings(seen, api(seen)), ["ls"]);
    await task.stop();
    await task.follow({ onStatus: () => undefined, onLines: () => undefined, wait: () => Promise.resolve() });
  },
  exec: async (seen) => execute(seen, await reachableTask(seen, api(seen)), "ls", "1.2.707.0"),
  tunnel: async (seen) => openTunnel(seen, await tunnelEnd(seen, "orders"), 5432, "1.2.707.0"),
};

test.each(Object.entries(reading))("the role that reads may do all that %s asks", async (_verb, ask) => {
  const seen = operated();
  await ask(seen);
  expect(actionsOf(seen).length).toBeGreaterThan(0);
  expect(actionsOf(seen).filter((action) => !allows(policies.read, action))).toEqual([]);
  expect(seen.account.state.changes).toEqual([]);
});

test.each(Object.entries(changing))(
  "the role that operates may do all that %s asks, and the one that reads may change nothing",
  async (_verb, act) => {
    const seen = operated();
    await act(seen);
    expect(actionsOf(seen).length).toBeGreaterThan(0);
    expect(actionsOf(seen).filter((action) => !allows(policies.operate, action))).toEqual([]);
    expect(seen.account.state.changes.filter(({ action }) => allows(policies.read, action))).toEqual([]);
  },
);

test.each(Object.entries(changing))(
  "what %s changes is of this environment, and whoever operates others alone may do nothing of it",
  async (_verb, act) => {
    const seen = operated();
    await act(seen);
    const judged = (policy: string) =>
      seen.account.state.changes.map((change) => [
        change.action,
        resourcesOfChange(seen.account, change).every(({ resource, context }) => allows(policy, change.action, resource, context)),
      ]);
    const changed = seen.account.state.changes.map(({ action }) => action);
    expect(judged(policies.operate)).toEqual(changed.map((action) => [action, true]));
    expect(judged(policies.operateOthers)).toEqual(changed.map((action) => [action, false]));
  },
);

test("the role that reads may do all that the doctor asks", async () => {
  for (const scene of [fargateWeb(), scheduledJob()]) {
    const { account, clusterArn } = scene;
    const subject = scene.service ? { serviceName: scene.serviceName } : { family: "dev-report", scheduleName: "dev-report" };
    await diagnose({ clusterArn, ...subject, clients: diagnosisClients(() => account.clientConfig()) });
    expect(actionsOf({ account }).length).toBeGreaterThan(5);
    expect(actionsOf({ account }).filter((action) => !allows(policies.read, action))).toEqual([]);
  }
  expect(namedByTheDoctor().filter((action) => !allows(policies.read, action))).toEqual([]);
});

/** What the doctor asks, by its sources: not each incident asks for all. */
function namedByTheDoctor(): string[] {
  const folder = join(root, "packages/diagnosis/src/gather");
  const action = /"([a-z0-9-]+:(?:Describe|List|Get|BatchGet|Filter|Simulate)\w+)"/g;
  const named = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(action)].map(([, name]) => name!),
  );
  return named.filter((each) => !ofTasks.includes(each));
}

/** What the doctor asks IAM about, whether a task's role may do it. */
const ofTasks = ["ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer", "secretsmanager:GetSecretValue", "ssm:GetParameters"];

test("the roles may do nothing that no command needs", async () => {
  const used = new Set(namedByTheDoctor());
  for (const ask of [...Object.values(reading), ...Object.values(changing)]) {
    const seen = operated();
    await ask(seen);
    for (const action of actionsOf(seen)) used.add(action);
  }
  const statements = [policies.read, policies.operate].flatMap(
    (policy) => (JSON.parse(policy) as { Statement: { Action: string[] }[] }).Statement,
  );
  const allowed = new Set(statements.flatMap(({ Action }) => Action));
  // These two AWS asks of whoever runs a task with a role and tags.
  expect([...allowed].filter((action) => !used.has(action))).toEqual(["ecs:TagResource", "iam:PassRole"]);
});

test("nobody needs a value of a secret or a layer of an image, and what is read changes nothing", () => {
  const forbidden = [
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ecr:GetDownloadUrlForLayer",
    "s3:GetObject",
    "kms:Decrypt",
  ];
  expect(forbidden.filter((action) => allows(policies.operate, action))).toEqual([]);
  const { Statement } = JSON.parse(policies.read) as { Statement: { Action: string[] }[] };
  const others = Statement.flatMap(({ Action }) => Action).filter(
    (action) => !/:(Describe|List|Get|BatchGet|Filter|Lookup|Simulate)\w+$/.test(action),
  );
  expect(others).toEqual([]);
});

test("services of other environments can't be acted on, nor other roles passed", () => {
  const may = (action: string, resource: string) => allows(policies.operate, action, resource);
  const ecs = (environment: string) => `arn:aws:ecs:eu-west-1:111122223333:service/${environment}/api`;
  expect([may("ecs:UpdateService", ecs("shop")), may("ecs:UpdateService", ecs("prod"))]).toEqual([true, false]);
  const run = (name: string) =>
    allows(policies.operate, "ecs:RunTask", `arn:aws:ecs:eu-west-1:111122223333:task-definition/${name}-api:1`, {
      "ecs:cluster": `arn:aws:ecs:eu-west-1:111122223333:cluster/${name}`,
    });
  // Its family begins as those of shop do.
  expect([run("shop"), run("shop-eu")]).toEqual([true, false]);
  const role = (path: string) => `arn:aws:iam::111122223333:role${path}`;
  expect([may("iam:PassRole", role("/fairlead/shop/x")), may("iam:PassRole", role("/fairlead/prod/x"))]).toEqual([true, false]);
});

test("a trust that is a pattern, or of nobody, is refused, and so are operators of nothing", async () => {
  await expect(planOf({ trustedArns: ["*"] })).rejects.toThrow();
  await expect(planOf({ trustedArns: [] })).rejects.toThrow();
  const program = () => new OperatorAccess("shop", { trustedArns: ["arn:aws:iam::1:role/people"], environments: [] });
  const reasons: string[] = [];
  await embeddedPlan({
    project: "shop",
    stack: "access",
    config: {},
    program: () => {
      try {
        program();
      } catch (error) {
        reasons.push(...(error as InputPropertiesError).errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`));
      }
    },
  });
  expect(reasons).toEqual([expect.stringMatching(/^environments: FL2806 none: /)]);
});
