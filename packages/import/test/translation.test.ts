import { importedService, findingsOf } from "./application";

const web = "Load Balanced Web Service";

test.each<[what: string, type: string, rest: string, expected: Record<string, unknown>]>([
  ["a size that is ours anyway", web, "cpu: 256\nmemory: 512\ncount: 1", { cpu: undefined, memoryMiB: undefined, desiredCount: undefined }],
  ["another size", web, "cpu: 1024\nmemory: 2048\ncount: 3", { cpu: 1024, memoryMiB: 2048, desiredCount: 3 }],
  ["a number that Go reads as octal", web, "memory: 02000", { memoryMiB: 1024 }],
  ["files that can be written, as Copilot's", web, "", { readonlyRootFilesystem: false }],
  ["files that can't", web, "storage: { readonly_fs: true }", { readonlyRootFilesystem: undefined }],
  ["a path at the load balancer", web, "http: { path: /api/ }", { routes: [{ path: "/api" }, { path: "/api/*" }] }],
  ["the path that is all", web, "http: { path: / }", { routes: [{ path: "/*" }] }],
  ["no load balancer", web, "http: false", { routes: undefined }],
  [
    "names, in any of three forms",
    web,
    "http: { path: /, alias: 'a.example.com,b.example.com', additional_rules: [{ path: x, alias: [c.example.com] }, { path: /, alias: [{ name: d.example.com }] }] }",
    {
      routes: [
        { path: "/*", host: "a.example.com" },
        { path: "/*", host: "b.example.com" },
        { path: "/x", host: "c.example.com" },
        { path: "/x/*", host: "c.example.com" },
        { path: "/*", host: "d.example.com" },
      ],
    },
  ],
  [
    "a check that may last longer than ours",
    web,
    "http: { path: /, healthcheck: { timeout: 20s } }",
    { healthCheck: { intervalSeconds: 30, timeoutSeconds: 20 } },
  ],
  ["a check as a text", web, "http: { path: /, healthcheck: ready }", { healthCheck: { path: "/ready" } }],
  [
    "a range as a text",
    web,
    "count: { range: 2-8, cpu_percentage: 60 }",
    { scaling: { minCapacity: 2, maxCapacity: 8, cpuPercent: 60, memoryPercent: false } },
  ],
  [
    "a range with Spot above some tasks",
    web,
    "count: { range: { min: 1, max: 9, spot_from: 3 }, memory_percentage: { value: 50, cooldown: { in: 2m } } }",
    {
      scaling: { minCapacity: 1, maxCapacity: 9, cpuPercent: false, memoryPercent: 50, scaleInCooldownSeconds: 120 },
      capacityProviderStrategy: [
        { capacityProvider: "FARGATE", base: 2, weight: 0 },
        { capacityProvider: "FARGATE_SPOT", weight: 1 },
      ],
    },
  ],
  ["Spot alone", web, "count: { spot: 2 }", { desiredCount: 2, capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT" }] }],
  ["words of a shell", web, `command: run "a b" c\\ d 'e' # not this`, { command: ["run", "a b", "c d", "e"] }],
  ["a list that is a text", web, `command: '["run", "a b"]'`, { command: ["run", "a b"] }],
  [
    "variables, as they are written",
    web,
    "variables: { A: 010, B: 1.0, C: true, D: ~, E: '${COPILOT_APPLICATION_NAME}-x', F: '\\${NOT}', G: on }",
    { environment: { A: "010", B: "1.0", C: "true", D: "", E: "shop-x", F: "${NOT}", G: "on" } },
  ],
  [
    "secrets, in any of their forms",
    web,
    "secrets:\n  A: TOKEN\n  B: /shop/token\n  C: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password::'\n  D: { secretsmanager: 'shop/db:user::' }",
    {
      secrets: {
        A: { ssm: "/TOKEN" },
        B: { ssm: "/shop/token" },
        C: { secretsManager: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", jsonKey: "password" },
        D: { secretsManager: "shop/db", jsonKey: "user" },
      },
    },
  ],
  [
    "a file of variables, behind those of the manifest",
    web,
    "env_file: api/.env\nvariables: { B: own }",
    { environment: { A: "x y", B: "own" } },
  ],
  [
    "a deployment that stops the old tasks first",
    web,
    "deployment: { rolling: recreate }",
    { deployment: { minimumHealthyPercent: 0, maximumPercent: 100 } },
  ],
  [
    "a container's check with Copilot's own values",
    web,
    "image: { build: api/Dockerfile, port: 8080, healthcheck: { command: [CMD, x], start_period: 1m } }",
    { containerHealthCheck: { command: ["CMD", "x"], intervalSeconds: 10, retries: 2, startPeriodSeconds: 60 } },
  ],
  [
    "a check that would overlap the next",
    web,
    "image: { build: api/Dockerfile, port: 8080, healthcheck: { command: [CMD, x], interval: 5s, timeout: 5s, retries: 3, start_period: 30s } }",
    { containerHealthCheck: { command: ["CMD", "x"], intervalSeconds: 5, timeoutSeconds: 4 } },
  ],
  [
    "a sidecar",
    web,
    "sidecars: { envoy: { image: 'envoy:1.30', port: 9000/tcp, essential: false, variables: { A: b } } }",
    {
      sidecars: {
        envoy: {
          image: "envoy:1.30",
          containerPort: 9000,
          essential: false,
          environment: { A: "b" },
          user: "image",
          readonlyRootFilesystem: false,
        },
      },
    },
  ],
  ["a port of TCP", web, "http: false\nnlb: { port: 8080 }", { tcp: { port: 8080 } }],
  [
    "a build by a map",
    web,
    "image: { port: 8080, build: { context: api, target: final, args: { A: 1 } } }",
    { build: { dockerfile: "../../api/Dockerfile", context: "../../api", target: "final", args: { A: "1" } } },
  ],
  [
    "a Dockerfile alone, whose folder is the context",
    web,
    "image: { port: 8080, build: api/Dockerfile }",
    { build: { dockerfile: "../../api/Dockerfile", context: "../../api" } },
  ],
  [
    "a schedule of five fields",
    "Scheduled Job",
    "on: { schedule: '0 9 * * 1-5' }",
    { kind: "scheduled-job", schedule: "cron(0 9 ? * 2-6 *)" },
  ],
  ["a schedule by its distance", "Scheduled Job", "on: { schedule: '@every 1h30m' }", { schedule: "rate(90 minutes)" }],
  ["a service that nobody can call", "Backend Service", "image: { build: api/Dockerfile }", { kind: "worker", containerPort: undefined }],
  ["the user that the Dockerfile ends as", web, "", { user: "app" }],
])("%s", (_, type, rest, expected) => {
  const { result, base } = importedService(type, rest, { "api/.env": "# comment\nA=x y\nB=file\n" });
  expect(result.problems).toEqual([]);
  for (const [key, value] of Object.entries(expected)) expect({ [key]: base[key] }).toEqual({ [key]: value });
});

test("an image that exists is named, with the login of its registry", () => {
  const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf";
  const { base, result } = importedService(web, `image: { location: 'nginx:latest', credentials: '${arn}', port: 80 }`);
  expect(base).toMatchObject({ image: "nginx:latest", repositoryCredentials: { secretsManager: arn }, user: "image" });
  expect(base).not.toHaveProperty("build");
  expect(result.findings.filter(({ source }) => source === "image.location")).toMatchObject([{ outcome: "changed", was: "nginx:latest" }]);
});

test("tasks are where they were: in public subnets with an address, and a NAT gateway only where some are not", () => {
  const open = importedService(web, "");
  expect(open.base).not.toHaveProperty("assignPublicIp");
  expect(open.result.environments.map(({ natGateway }) => natGateway)).not.toContain(true);
  const closed = importedService(web, "network: { vpc: { placement: private } }");
  expect(closed.base).toMatchObject({ assignPublicIp: false });
  expect(closed.result.environments.map(({ natGateway }) => natGateway)).not.toContain(false);
});

describe("where requests go", () => {
  const sidecars = "sidecars: { nginx: { image: nginx:1.29, port: 8081 }, own: { image: { build: nginx/Dockerfile }, port: 8082 } }";
  const target = (http: string) => importedService(web, `http: { path: /, ${http} }\n${sidecars}`);

  test.each(["target_container: nginx", "target_container: nginx, target_port: 8081", "target_port: 8081"])("%s is the sidecar", (http) => {
    const { base, result } = target(http);
    expect(base).toMatchObject({ targetContainer: "nginx", containerPort: 8080, sidecars: { nginx: { containerPort: 8081 } } });
    expect(result.findings.filter(({ source, outcome }) => source.startsWith("http.target") && outcome !== "exact")).toEqual([]);
  });

  test("another port of its own is its port", () => {
    const { base, result } = target("target_container: api, target_port: 3000");
    expect(base).toMatchObject({ containerPort: 3000 });
    expect(base).not.toHaveProperty("targetContainer");
    expect(findingsOf(result, "http.target_port")).toMatchObject([{ outcome: "changed", was: "8080", now: "3000" }]);
  });

  test.each([
    ["a sidecar that is built", "target_container: own"],
    ["a port that the sidecar has not", "target_container: nginx, target_port: 9000"],
    ["a container that there is not", "target_container: envoy"],
  ])("%s is to decide", (_, http) => {
    const { base, result } = target(http);
    expect(base).not.toHaveProperty("targetContainer");
    expect(findingsOf(result, "http.target_container")).toMatchObject([{ outcome: "decide" }]);
  });

  test("a second route to another container is to decide: requests of all routes go to one", () => {
    const { base, result } = target("additional_rules: [{ path: /x, target_container: nginx }]");
    expect(base).not.toHaveProperty("targetContainer");
    expect(findingsOf(result, "http.additional_rules[0].target_container")).toMatchObject([{ outcome: "decide" }]);
  });
});

test("a job that is switched off keeps a schedule that starts nothing", () => {
  const { base, result } = importedService("Scheduled Job", 'on: { schedule: "none" }');
  expect(base).toMatchObject({ schedule: "rate(1 day)", state: "DISABLED" });
  expect(findingsOf(result, "on.schedule")).toMatchObject([{ outcome: "exact", to: "state" }]);
});

describe("security groups that exist", () => {
  const vpc = "name: test\ntype: Environment\nnetwork: { vpc: { id: vpc-0a1b2c3d } }\n";
  const adopted = { "copilot/environments/test/manifest.yml": vpc };
  const source = "network.vpc.security_groups";

  test.each([
    ["network: { vpc: { security_groups: [sg-0a1b2c3d] } }", source],
    ["network: { vpc: { security_groups: { deny_default: true, groups: [sg-0a1b2c3d] } } }", `${source}.groups`],
  ])("are the task's as well, in a VPC that is adopted: %s", (text, key) => {
    const { base, result } = importedService(web, text, adopted);
    expect(base.securityGroups).toEqual(["sg-0a1b2c3d"]);
    expect(findingsOf(result, key)).toMatchObject([{ outcome: "exact", to: "securityGroups" }]);
  });

  test("are to decide in a VPC that is new, and where another stack says which they are", () => {
    const { base, result } = importedService(web, "network: { vpc: { security_groups: [sg-0a1b2c3d] } }");
    expect(base).not.toHaveProperty("securityGroups");
    expect(findingsOf(result, source)).toMatchObject([{ outcome: "decide" }]);
    const exported = importedService(web, "network: { vpc: { security_groups: [{ from_cfn: shop-Group }] } }", adopted);
    expect(exported.base).not.toHaveProperty("securityGroups");
    expect(findingsOf(exported.result, `${source}[0].from_cfn`)).toMatchObject([
      { outcome: "decide", text: expect.stringContaining("other stacks export") },
    ]);
  });
});

test("a check's thresholds and its grace period are the load balancer's, and tasks follow what they followed", () => {
  const check = "healthcheck: { path: /up, healthy_threshold: 4, unhealthy_threshold: 5, grace_period: 5m }";
  const { base } = importedService(web, `http: { path: /, ${check} }\ncount: { range: 1-5, response_time: 500ms }`);
  expect(base.healthCheck).toMatchObject({ healthyThresholdCount: 4, unhealthyThresholdCount: 5, gracePeriodSeconds: 300 });
  expect(base.scaling).toEqual({ minCapacity: 1, maxCapacity: 5, responseTimeSeconds: 0.5, cpuPercent: false, memoryPercent: false });
});

test("a worker's queue is declared with its topics, which come first, and bound", () => {
  const { result, base } = importedService(
    "Worker Service",
    "subscribe: { topics: [{ name: orders, service: front }], queue: { timeout: 90s, retention: 36h, dead_letter: { tries: 3 } } }",
  );
  expect(result.data).toEqual([
    { name: "front-orders", declaration: "topic()" },
    {
      name: "api-events",
      declaration: 'queue({ retentionDays: 2, visibilityTimeoutSeconds: 90, maxReceiveCount: 3, topics: ["front-orders"] })',
    },
  ]);
  expect(base.uses).toEqual([{ name: "api-events", access: "read" }]);
  expect(findingsOf(result, "subscribe.queue.retention")).toEqual([
    expect.objectContaining({ outcome: "changed", was: "36h", now: "2 days" }),
  ]);
});

test("what Copilot does by its digits it does here: a step in days is every day", () => {
  expect(importedService("Scheduled Job", "on: { schedule: '0 0 */2 * *' }").base.schedule).toBe("cron(0 0 * * ? *)");
});
