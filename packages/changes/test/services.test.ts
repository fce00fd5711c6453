import { comparePlans, trafficOf } from "../src";
import { serviceChanges } from "../src/serviceChanges/serviceChanges";
import { output, planOf, resource, urnOf } from "./plans";

const serviceType = "fairlead:stacks:Service";

interface Options {
  name?: string;
  revision?: string;
  memory?: string;
  variables?: Record<string, string>;
  count?: number;
  policy?: string[];
}

/** A service as stacks/service.ts composes it, as far as its words go. */
function service({ name = "api", revision = "3f2a1bc84d0e", memory = "512", variables = {}, count = 2, policy = [] }: Options) {
  const parent = { parent: urnOf(serviceType, name) };
  const environment = Object.entries(variables).map(([key, value]) => ({ name: key, value }));
  return [
    resource(serviceType, name, {}, { custom: false }),
    resource("docker-build:index:Index", `${name}-deployed`, { tag: `registry/${name}:deployed-1.0.0-${revision}-arm64` }, parent),
    resource(
      "aws:ecs/taskDefinition:TaskDefinition",
      name,
      {
        cpu: "256",
        memory,
        runtimePlatform: { cpuArchitecture: "ARM64" },
        containerDefinitions: JSON.stringify([{ name, image: `\${${urnOf("docker-build:index:Index", name)}#ref}`, environment }]),
      },
      parent,
    ),
    resource(
      "aws:iam/rolePolicy:RolePolicy",
      `${name}-task`,
      { policy: JSON.stringify({ Statement: policy.map((Action) => ({ Effect: "Allow", Action: [Action], Resource: "arn:x" })) }) },
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
  expect(linesOf({}, { revision: "9d0e4aa00000", memory: "1024", count: 3, variables: { LOG_LEVEL: "debug" } })).toEqual([
    {
      service: "api",
      operation: "change",
      urn: urnOf(serviceType, "api"),
      lines: ["image 3f2a1bc → 9d0e4aa", "memory 512 → 1024 MiB", "desired count 2 → 3", "+ variable LOG_LEVEL = debug"],
      rollout: "rolling",
    },
  ]);
});

test("a permission more or less is said", () => {
  expect(linesOf({ policy: ["s3:GetObject"] }, { policy: ["s3:GetObject", "s3:DeleteObject"] })[0]!.lines).toEqual([
    "+ may s3:DeleteObject on arn:x",
  ]);
});

test("a service under another name is a renaming; one that differs in more is a new one", () => {
  expect(linesOf({ name: "web" }, { name: "shop" })).toMatchObject([{ service: "shop", operation: "rename", formerName: "web" }]);
  expect(linesOf({ name: "web" }, { name: "shop", memory: "2048" }).map(({ service: name, operation }) => [name, operation])).toEqual([
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
