import { stackInAws } from "../src";
import { shopPlan } from "../testing/shopPlan";

const config = { "aws:region": "eu-west-1", "aws:allowedAccountIds": '["111122223333"]' };

test("says where a stack is and what it is called in AWS", () => {
  const stack = stackInAws(shopPlan([]), config);
  expect(stack).toEqual({
    stack: "shop",
    region: "eu-west-1",
    accountIds: ["111122223333"],
    cluster: "shop",
    services: [],
    jobs: [],
    data: [],
    dashboard: "shop",
    hosts: [],
  });
});

test("leaves the region to AWS's SDK where the configuration names none, and any account may be meant", () => {
  expect(stackInAws(shopPlan([]), {})).toMatchObject({ region: undefined, accountIds: [] });
});

test("names what a service is: task family, logs, repository, alarms, target groups, manifest", () => {
  const service = { name: "api", containerPort: 3000, routes: [{ path: "/api/*" }], desiredCount: 3 };
  const { services } = stackInAws(shopPlan([service]), config);
  expect(services).toEqual([
    {
      name: "api",
      kind: "service",
      manifestKind: "web-service",
      manifest: "apps/api/service.yaml",
      owner: "shop",
      cluster: "shop",
      serviceName: "api",
      family: "shop-api",
      containers: [{ name: "api", essential: true, logs: { group: "/fairlead/shop/api", region: "eu-west-1", streamPrefix: "api/api/" } }],
      repository: "fairlead/shop/api",
      imageTag: "1.0.0-aaaaaaaaaaaa",
      pinnedImage: undefined,
      alarms: ["shop-api-cpu"],
      uses: [],
      executeCommand: false,
      assignPublicIp: false,
      securityGroups: [],
      desiredCount: 3,
      scaling: undefined,
      deploymentStrategy: "ROLLING",
      containerPort: 3000,
      targetGroups: ["api"],
      routes: [{ host: undefined, path: "/api/*", priority: undefined }],
    },
  ]);
});

test("says between which counts a service scales", () => {
  const { services } = stackInAws(shopPlan([{ name: "api", scaling: { minCapacity: 2, maxCapacity: 9 } }]), config);
  expect(services[0]!.scaling).toEqual({ resourceId: "service/shop/api", minCapacity: 2, maxCapacity: 9, policies: ["api-cpu"] });
});

test("tells jobs from services, and those of a schedule from those of up", () => {
  const { services, jobs } = stackInAws(
    shopPlan([{ name: "nightly", kind: "scheduled-job" }, { name: "api" }, { name: "migration", kind: "job" }]),
    config,
  );
  expect(services.map(({ name }) => name)).toEqual(["api"]);
  expect(jobs.map(({ name, kind, cluster, schedule }) => ({ name, kind, cluster, schedule }))).toEqual([
    { name: "migration", kind: "job", cluster: "shop", schedule: undefined },
    { name: "nightly", kind: "scheduled-job", cluster: "shop", schedule: "shop-nightly" },
  ]);
});

test("a service's own container is the first, and the streams of a log router are those that it writes", () => {
  const routed = {
    logDriver: "awsfirelens",
    options: { Name: "cloudwatch_logs", log_group_name: "/shop/api", log_stream_prefix: "api-", region: "eu-west-1" },
  };
  const containerDefinitions = [
    { name: "agent", essential: false },
    { name: "api", logConfiguration: routed },
  ];
  const { services } = stackInAws(shopPlan([{ name: "api", containerDefinitions }]), config);
  expect(services[0]!.containers).toEqual([
    { name: "api", essential: true, logs: { group: "/shop/api", region: "eu-west-1", streamPrefix: "api-api-firelens-" } },
    { name: "agent", essential: false, logs: undefined },
  ]);
});

test("data is what services bind to, and its address is in variables of theirs", () => {
  const plan = shopPlan(
    [
      { name: "api", uses: ["orders", "sessions"] },
      { name: "migration", kind: "job", uses: ["orders"] },
    ],
    [
      { type: "fairlead:data:Postgres", name: "orders" },
      { type: "fairlead:data:Cache", name: "sessions" },
      { type: "fairlead:data:Queue", name: "mails" },
    ],
  );
  expect(stackInAws(plan, config).data).toEqual([
    { name: "mails", kind: "queue", usedBy: [], address: undefined },
    { name: "orders", kind: "postgres", usedBy: ["api", "migration"], address: { host: "ORDERS_HOST", port: "ORDERS_PORT" } },
    { name: "sessions", kind: "cache", usedBy: ["api"], address: { url: "SESSIONS_URL" } },
  ]);
});
