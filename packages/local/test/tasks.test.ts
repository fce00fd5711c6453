import { redacted } from "@fairlead/plan";
import { resource } from "@fairlead/plan/testing/resources";

import { localEnvironment } from "../src/localEnvironment";
import { propertiesPlan, propertiesSettings } from "../testing/propertiesPlan";
import { definitionType, output, planOf, serviceOf, settings } from "../testing/tasksPlan";

const services = (...resources: Parameters<typeof planOf>) => localEnvironment(planOf(...resources), settings).compose.services;
const ofContainer = (container: Record<string, unknown>) => services(...serviceOf("api", { container })).api!;

test("a task is a container for each of its own, and one that holds their network", () => {
  const all = services(...serviceOf("api"));
  expect(Object.keys(all).sort()).toEqual(["api", "api.network"]);
  expect(all.api).toMatchObject({
    network_mode: "service:api.network",
    depends_on: { "api.network": { condition: "service_started", restart: true } },
  });
  expect(all.api!.ports).toBeUndefined();
});

test.each([
  ["an empty entryPoint is the image's", { entryPoint: [] }, { entrypoint: undefined }],
  ["an empty command is the image's", { command: [] }, { command: undefined }],
  ["Fargate's open files", {}, { ulimits: { nofile: { soft: 10_000, hard: 10_000 } } }],
  ["no health check of the image's", {}, { healthcheck: { disable: true } }],
  [
    "a check that is a program by itself, which Compose refuses without CMD",
    { healthCheck: { command: ["/healthcheck"] } },
    { healthcheck: { test: ["CMD", "/healthcheck"], interval: "30s", timeout: "5s", retries: 3 } },
  ],
  [
    "a check by the shell",
    { healthCheck: { command: ["CMD-SHELL", "exit 0"] } },
    { healthcheck: { test: ["CMD-SHELL", "exit 0"], interval: "30s", timeout: "5s", retries: 3 } },
  ],
  ["ECS's time to stop", {}, { stop_grace_period: "30s" }],
  ["the task's memory where the container has none, and no swap", {}, { mem_limit: "512m", memswap_limit: "512m" }],
  ["the container's memory", { memory: 64 }, { mem_limit: "64m", memswap_limit: "64m" }],
  ["the task's CPU", {}, { cpus: 0.25 }],
  ["one CPU unit is the two that Linux has at least", { cpu: 1 }, { cpu_shares: 2 }],
  [
    "labels can't take ours away",
    { dockerLabels: { "fairlead.task": "x" } },
    { labels: { "fairlead.task": "api", "fairlead.container": "api" } },
  ],
  ["a container that may end", { essential: false }, { restart: "no" }],
  ["a container that starts again", { essential: false, restartPolicy: { enabled: true } }, { restart: "unless-stopped" }],
  ["but where it ended well", { essential: false, restartPolicy: { enabled: true, ignoredExitCodes: [0] } }, { restart: "on-failure" }],
  ["a policy that is switched off", { essential: false, restartPolicy: { enabled: false } }, { restart: "no" }],
])("%s", (_, container, expected) => {
  const made: Record<string, unknown> = { ...ofContainer(container) };
  expect(Object.fromEntries(Object.keys(expected).map((key) => [key, made[key]]))).toEqual(expected);
});

test.each([
  [undefined, "fairlead.local/shop:1"],
  ["linux/arm64", "fairlead.local/shop:1-linux-arm64"],
  ["task", "fairlead.local/shop:1-linux-amd64"],
])("for the platform %s an image is another one than for the machine's own", (platform, image) => {
  const { shop } = localEnvironment(propertiesPlan(), { ...propertiesSettings("/", ""), platform }).compose.services;
  expect(shop!.image).toBe(image);
});

test("no more CPUs than the machine has", () => {
  const plan = planOf(...serviceOf("api"));
  plan.resources.find(({ type }) => type === definitionType)!.inputs.cpu = "16384";
  expect(localEnvironment(plan, settings).compose.services.api!.cpus).toBe(8);
});

test("the sidecar of a task can't be taken for another task's container", () => {
  const containers = JSON.stringify([
    { name: "web", image: "a:1" },
    { name: "api", image: "a:1" },
  ]);
  const web = serviceOf("web");
  web.find(({ type }) => type === definitionType)!.inputs.containerDefinitions = containers;
  expect(Object.keys(services(...web, ...serviceOf("api"))).sort()).toEqual(["api", "api.network", "web", "web.api", "web.network"]);
});

/** What our own parts are made for. */
const parts = [
  resource("aws:lb/loadBalancer:LoadBalancer", "main", {}),
  resource("aws:lb/listener:Listener", "main", {
    ...{ port: 80, protocol: "HTTP", loadBalancerArn: output("aws:lb/loadBalancer:LoadBalancer", "main", "arn") },
    defaultActions: [{ type: "fixed-response", fixedResponse: { statusCode: "404", contentType: "text/plain" } }],
  }),
  resource("aws:sqs/queue:Queue", "orders", {}),
];

/** A service with a second container. */
function withSidecar(name: string, sidecar: string) {
  const all = serviceOf(name, {
    container: { environment: [{ name: "URL", value: `\${${output("aws:sqs/queue:Queue", "orders", "url").$output}}` }] },
  });
  const { inputs } = all.find(({ type }) => type === definitionType)!;
  inputs.containerDefinitions = JSON.stringify([
    ...(JSON.parse(String(inputs.containerDefinitions)) as []),
    { name: sidecar, image: "a:1" },
  ]);
  return all;
}

test("a service that is called like a part of ours is told so", () => {
  expect(() => services(...parts, ...withSidecar("aws", "load-balancer"))).toThrow(
    "Two parts of the environment are called aws.load-balancer: rename the service, job, volume or resource.",
  );
  expect(() => services(...parts, ...withSidecar("aws", "emulator"))).toThrow("Two parts of the environment are called aws.emulator");
  expect(() => services(...parts, ...serviceOf("aws"), ...withSidecar("api", "emulator"))).not.toThrow();
});

test("no part of ours has a name that a service can have", () => {
  const own = Object.keys(services(...parts, ...withSidecar("web", "log"))).filter((name) => name !== "web");
  expect(own.length).toBeGreaterThan(4);
  expect(own.filter((name) => !name.includes("."))).toEqual([]);
  expect(() => services(...parts, ...serviceOf("load-balancer"))).not.toThrow();
});

test("a volume of a task that is called like a file system's is told so", () => {
  const fileSystem = "aws:efs/fileSystem:FileSystem";
  const [group, definition, service] = serviceOf("api");
  definition!.inputs.volumes = [
    { name: "efs" },
    { name: "shared", efsVolumeConfiguration: { fileSystemId: output(fileSystem, "api", "id") } },
  ];
  expect(() => services(group!, definition!, service!, resource(fileSystem, "api", {}))).toThrow(
    "Two parts of the environment are called api.efs: rename the service, job, volume or resource.",
  );
});

test("an image that AWS alone knows is told before anything is pulled", () => {
  const image = `\${${output("aws:ecr/repository:Repository", "api", "repositoryUrl").$output}}:1`;
  expect(() => ofContainer({ image })).toThrow(
    /The image of the container api of api is .*#repositoryUrl}:1: that is known to AWS alone.*`build`/,
  );
});

test("a folder that the image declares as a volume has a named one, unless something is mounted there", () => {
  const api = serviceOf("api", { container: { mountPoints: [{ sourceVolume: "cache", containerPath: "/cache/" }] } });
  api[1]!.inputs.volumes = [{ name: "cache" }];
  const build = { context: "apps/api", dockerfile: "apps/api/Dockerfile", args: {}, secrets: {} };
  const component = resource("fairlead:stacks:Service", "api", { spec: { kind: "service", build }, imageTag: "1" }, { custom: false });
  const owned = api.map((each) => ({ ...each, parent: component.urn }));
  const { compose } = localEnvironment(planOf(component, ...owned), { ...settings, imageVolumes: () => ["/cache", "/var/data"] });
  expect(compose.services.api!.volumes).toEqual([
    { type: "volume", source: "api.cache", target: "/cache/" },
    { type: "volume", source: "api.image.var.data", target: "/var/data" },
  ]);
  expect(Object.keys(compose.volumes)).toEqual(["api.cache", "api.image.var.data"]);
});

test("so is a container that is called like what holds its task's network", () => {
  expect(() => services(...withSidecar("api", "network"))).toThrow("The container network of api has the name");
});

test("a task whose role has rights on a queue has AWS's API, and waits for the queue", () => {
  const roleType = "aws:iam/role:Role";
  const role = (name: string, policy: unknown) => [
    resource(roleType, name, {}),
    resource("aws:iam/policy:Policy", name, { policy }),
    resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", name, {
      role: output(roleType, name, "name"),
      policyArn: output("aws:iam/policy:Policy", name, "arn"),
    }),
  ];
  const withRole = (name: string) => {
    const all = serviceOf(name);
    all.find(({ type }) => type === definitionType)!.inputs.taskRoleArn = output(roleType, name, "arn");
    return all;
  };
  const made = services(
    ...parts,
    ...role("sweeper", output("aws:sqs/queue:Queue", "orders", "arn")),
    ...role("web", "{}"),
    ...["sweeper", "web"].flatMap(withRole),
  );
  expect(made.sweeper!.environment).toMatchObject({
    AWS_ENDPOINT_URL: expect.stringMatching(/^http:\/\/[\d.]+:4566$/) as unknown,
    AWS_ACCESS_KEY_ID: "local",
  });
  // Another queue leaves who runs alone, and another emulator doesn't.
  expect(made.sweeper!.depends_on).toMatchObject({
    "aws.emulator": { condition: "service_started", restart: true },
    "aws.resources": { condition: "service_completed_successfully" },
  });
  expect(made.sweeper!.depends_on!["aws.resources"]!.restart).toBeUndefined();
  // Another service leaves the emulator as it is.
  expect(Object.keys(made["aws.emulator"]!.networks!)).toEqual(["sweeper"]);
  expect(Object.keys(made.web!.environment!)).toEqual([]);
  expect(Object.keys(made.web!.depends_on!)).toEqual(["web.network"]);
});

test("what lives in another's network is restarted with it", () => {
  const made = Object.entries(services(...parts, ...withSidecar("web", "log")));
  const guests = made.flatMap(([name, { network_mode = "", depends_on }]) => {
    const [, host] = /^service:(.*)/.exec(network_mode) ?? [];
    return host === undefined ? [] : [[name, depends_on?.[host]?.restart]];
  });
  expect(guests.sort()).toEqual([
    ["aws.resources", true],
    ["web", true],
    ["web.log", true],
  ]);
});

test.each([
  [redacted, "a secret as a whole"],
  [output("a:b/c:D", "x", "json"), "known only after apply"],
])("a definition that nobody can read: %j", (containerDefinitions, reason) => {
  const definition = resource(definitionType, "api", { containerDefinitions });
  expect(() => services(definition)).toThrow(`The task definition of api in dev is ${reason}`);
});
