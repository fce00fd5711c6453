import { comparePlans, nounOf, trafficOf } from "../src";
import { serviceChanges, servicesIn } from "../src/serviceChanges/serviceChanges";
import { output, planOf, resource, urnOf } from "../testing/plans";

const serviceType = "fairlead:stacks:Service";

interface Options {
  name?: string;
  revision?: string;
  memory?: number;
  variables?: Record<string, string>;
  count?: number;
  spec?: object;
}

/** A service as packages/environment composes it, as far as its words go. */
function service({ name = "api", revision = "3f2a1bc84d0e", memory = 512, variables = {}, count = 2, spec = {} }: Options) {
  const parent = { parent: urnOf(serviceType, name) };
  const written = {
    name,
    file: `apps/${name}/service.yaml`,
    build: { context: `apps/${name}`, dockerfile: `apps/${name}/Dockerfile`, args: {}, secrets: {}, platforms: ["linux/arm64"] },
    runtimePlatform: { cpuArchitecture: "ARM64" },
    cpu: 256,
    memoryMiB: memory,
    desiredCount: count,
    environment: variables,
    ...spec,
  };
  return [
    resource(serviceType, name, { spec: written, imageTag: `1.0.0-${revision}` }, { custom: false }),
    resource(
      "aws:ecs/taskDefinition:TaskDefinition",
      name,
      {
        cpu: "256",
        memory: String(memory),
        runtimePlatform: { cpuArchitecture: "ARM64" },
        containerDefinitions: `["${revision}", ${JSON.stringify({ variables, spec })}]`,
      },
      parent,
    ),
    resource(
      "aws:ecs/service:Service",
      name,
      { desiredCount: count, taskDefinition: output("aws:ecs/taskDefinition:TaskDefinition", name, "arn") },
      parent,
    ),
  ];
}

const linesOf = (before: Options, after: Options) => serviceChanges(comparePlans(planOf(...service(before)), planOf(...service(after))));

test("a change is said in the service's words, the most telling first", () => {
  expect(linesOf({}, { revision: "9d0e4aa00000", memory: 1024, count: 3, variables: { LOG_LEVEL: "debug" } })).toEqual([
    {
      service: "api",
      operation: "change",
      urn: urnOf(serviceType, "api"),
      lines: ["image 3f2a1bc → 9d0e4aa", "memory 512 → 1024 MiB", "desired count 2 → 3", "+ variable LOG_LEVEL = debug"],
      rollout: "rolling",
    },
  ]);
});

test("a change of the ECS service alone exchanges its tasks where that is forced, one of its tags does not", () => {
  const changed = (inputs: object) => {
    const [before, after] = [planOf(...service({})), planOf(...service({}))];
    for (const plan of [before, after]) Object.assign(plan.resources.at(-1)!.inputs, { forceNewDeployment: true });
    Object.assign(after.resources.at(-1)!.inputs, inputs);
    return serviceChanges(comparePlans(before, after))[0]!.rollout;
  };
  expect(changed({ healthCheckGracePeriodSeconds: 30 })).toBe("rolling");
  expect(changed({ tags: { team: "shop" } })).toBeUndefined();
});

test("a key that has no words of its own reads as the manifest writes it", () => {
  const spec = (path: string) => ({ spec: { healthCheck: { path, intervalSeconds: 15 } } });
  expect(linesOf(spec("/health"), spec("/ready"))[0]!.lines).toEqual(["healthCheck.path /health → /ready"]);
});

test.each([
  ["routes", [{ path: "/a/*" }], [{ path: "/a/*" }, { host: "b.example.com", path: "/*" }], ["+ route b.example.com/*"]],
  ["uses", [{ name: "jobs", access: "read" }], [{ name: "jobs", access: "write" }], ["uses jobs read → write"]],
  ["secrets", {}, { TOKEN: { secretsManager: "shop/token", jsonKey: "key" } }, ["+ secret TOKEN = secretsManager shop/token, jsonKey key"]],
  ["scaling", { minCapacity: 2, maxCapacity: 10 }, { minCapacity: 2, maxCapacity: 20 }, ["scaling 2 to 10 tasks → 2 to 20 tasks"]],
  ["scaling", {}, { maxCapacity: 4 }, ["scaling 2 to 10 tasks → 2 to 4 tasks"]],
  ["command", ["node", "a.js"], ["node", "b.js"], ["command node a.js → node b.js"]],
  [
    "capacityProviderStrategy",
    [{ capacityProvider: "FARGATE" }],
    [{ capacityProvider: "FARGATE_SPOT" }],
    ["capacity FARGATE → FARGATE_SPOT"],
  ],
  [
    "capacityProviderStrategy",
    [{ capacityProvider: "FARGATE" }],
    [
      { capacityProvider: "FARGATE", base: 1, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 3 },
    ],
    ["capacity FARGATE → FARGATE the first 1, then 1 of 4 tasks, FARGATE_SPOT 3 of 4 tasks"],
  ],
  [
    "sidecars",
    {},
    { agent: { image: "agent:1", environment: { LEVEL: "info" } } },
    ["+ sidecar agent agent:1", "+ variable LEVEL of agent = info"],
  ],
  ["sidecars", { agent: { image: "agent:1", cpu: 32 } }, { agent: { image: "agent:1", cpu: 64 } }, ["sidecar agent: cpu 32 → 64"]],
  ["scaling", undefined, {}, ["+ scaling 2 to 10 tasks"]],
  [
    "deployment",
    {},
    { minimumHealthyPercent: 50 },
    ["deployment rolling → rolling, with 50 to 200 % of the tasks", "+ deployment.minimumHealthyPercent 50"],
  ],
  [
    "deployment",
    {},
    { strategy: "CANARY", canaryPercent: 5 },
    ["deployment rolling → canary, at least 10 min", "+ deployment.canaryPercent 5"],
  ],
])("%s", (key, before, after, lines) => {
  expect(linesOf({ spec: { [key]: before } }, { spec: { [key]: after } })[0]!.lines).toEqual(lines);
});

test("who calls another service is let in there", () => {
  const both = (calls: string[]) => planOf(...service({ spec: { containerPort: 3000 } }), ...service({ name: "web", spec: { calls } }));
  const [before, after] = [both([]), both(["api"])];
  const parent = urnOf(serviceType, "api");
  after.resources.push(resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "api-web", {}, { parent }));
  expect(serviceChanges(comparePlans(before, after)).map(({ service: name, lines }) => [name, lines])).toEqual([
    ["api", ["+ open to web on port 3000"]],
    ["web", ["+ calls api"]],
  ]);
});

test("a state that an older version wrote has no spec: resources are named, and nothing is invented", () => {
  const [before, after] = [planOf(...service({})), planOf(...service({ memory: 1024 }))];
  before.resources[1]!.inputs = {};
  expect(serviceChanges(comparePlans(before, after))[0]!.lines).toEqual(["task definition (memory), ECS service (taskDefinition)"]);
});

test("a variable that looks like a secret is told by its name alone, and another one is a change", () => {
  const spec = (password: string) => ({ spec: { environment: { DB_PASSWORD: password, LOG_LEVEL: "debug" } } });
  expect(linesOf({ spec: { environment: {} } }, spec("hunter2"))[0]!.lines).toContain("+ variable DB_PASSWORD = [likely secret]");
  expect(linesOf(spec("hunter2"), spec("hunter3"))[0]!.lines).toEqual(["variable DB_PASSWORD [likely secret] → another"]);
});

test("a service under another name is a renaming; one that differs in more is a new one", () => {
  expect(linesOf({ name: "web" }, { name: "shop" })).toMatchObject([{ service: "shop", operation: "rename", formerName: "web" }]);
  expect(linesOf({ name: "web" }, { name: "shop", memory: 2048 }).map(({ service: name, operation }) => [name, operation])).toEqual([
    ["shop", "create"],
    ["web", "delete"],
  ]);
});

test("passwords in a variable's URL stay out of every line", () => {
  const [change] = linesOf({}, { variables: { URL: "postgres://user:planted@db/x" } });
  expect(JSON.stringify(change)).not.toContain("planted");
});

test("the way of requests: internet, load balancer, service, task, data", () => {
  const balancer = "fairlead:networking:LoadBalancer";
  const queue = "fairlead:data:Queue";
  const [api, ...parts] = service({});
  const below = (type: string, name: string) => ({ parent: urnOf(type, name) });
  const plan = planOf(
    resource(balancer, "main", {}, { custom: false }),
    resource("aws:lb/listener:Listener", "main", {}, below(balancer, "main")),
    resource("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "open", { cidrIpv4: "0.0.0.0/0" }, below(balancer, "main")),
    resource(queue, "jobs", {}, { custom: false }),
    resource("aws:sqs/queue:Queue", "jobs", {}, below(queue, "jobs")),
    api!,
    ...parts,
    resource(
      "aws:lb/listenerRule:ListenerRule",
      "api",
      { listenerArn: output("aws:lb/listener:Listener", "main", "arn") },
      below(serviceType, "api"),
    ),
    resource(
      "aws:iam/rolePolicy:RolePolicy",
      "api-jobs",
      { policy: `{"Resource":"\${${urnOf("aws:sqs/queue:Queue", "jobs")}#arn}"}` },
      below(serviceType, "api"),
    ),
  );
  const { nodes, edges } = trafficOf(comparePlans(plan, plan));
  const label = new Map(nodes.map(({ id, kind, name }) => [id, `${kind} ${name}`]));
  expect(edges.map(({ from, to }) => `${label.get(from)} > ${label.get(to)}`).sort()).toEqual([
    "internet internet > loadBalancer main",
    "loadBalancer main > service api",
    "service api > task api",
    "task api > data jobs",
  ]);
  expect(nodes.find(({ kind }) => kind === "task")?.detail).toBe("0.25 vCPU, 0.5 GiB, ARM64");
});

test("what only follows from a change is not told beside it; a job's run is called so", () => {
  const parts = (subnets: string[], settings: string) => [
    ...service({}),
    resource("aws:ec2/thing:Thing", "api", { subnets }, { parent: urnOf(serviceType, "api") }),
    resource("pulumi-nodejs:dynamic/fairlead:Rollout", "api", { settings }, { parent: urnOf(serviceType, "api") }),
  ];
  const lines = (...inputs: Parameters<typeof parts>[]) => {
    const [before, after] = inputs.map((each) => planOf(...parts(...each)));
    return serviceChanges(comparePlans(before!, after!))[0]!.lines;
  };
  expect(lines([["a"], "5c45"], [["b"], "99aa"])).toEqual(["ec2 Thing (subnets)"]);
  expect(lines([["a"], "5c45"], [["a"], "99aa"])).toEqual(["rollout (settings)"]);
  expect(nounOf("pulumi-nodejs:dynamic:Resource", { taskDefinitionArn: "arn" })).toBe("run of a job");
  expect(nounOf("pulumi-nodejs:dynamic:Resource")).toBe("dynamic resource");
});

test("a plan is read once, however many ask for its services", () => {
  let walks = 0;
  class Counted<T> extends Array<T> {
    override [Symbol.iterator]() {
      walks++;
      return super[Symbol.iterator]();
    }
  }
  const { resources, ...rest } = planOf(...service({}));
  const plan = { ...rest, resources: Counted.from(resources) };
  walks = 0;
  for (let index = 0; index < 300; index++) expect([...servicesIn(plan).keys()]).toEqual(["api"]);
  expect(walks).toBe(1);
});
