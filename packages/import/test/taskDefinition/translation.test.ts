import { parse } from "yaml";

import { filesOf } from "../../src";
import { definition, findingsOf, imported, importedService } from "./definition";

const manifestOf = (...parts: Parameters<typeof definition>) => importedService(...parts).manifest;

test("a task definition is a service, with what it was", () => {
  const { result, manifest } = importedService(
    {
      image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1.2.0",
      environment: [{ name: "MODE", value: "live" }],
      secrets: [
        { name: "KEY", valueFrom: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf:key::" },
        { name: "URL", valueFrom: "shop/url" },
        { name: "TOKEN", valueFrom: "arn:aws:ssm:eu-west-1:111122223333:parameter/shop/token" },
      ],
      healthCheck: { command: ["CMD-SHELL", "curl -f http://localhost:8080/ready || exit 1"], interval: 30, startPeriod: 60 },
      user: "1000",
      readonlyRootFilesystem: true,
      stopTimeout: 60,
      ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
    },
    { cpu: "512", memory: "1024", runtimePlatform: { cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" } },
  );
  expect(result.problems).toEqual([]);
  expect(manifest).toEqual({
    name: "shop",
    cpu: 512,
    memoryMiB: 1024,
    runtimePlatform: { cpuArchitecture: "ARM64" },
    image: "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1.2.0",
    containerPort: 8080,
    routes: [{ path: "/*" }],
    healthCheck: { path: "/ready" },
    environment: { MODE: "live" },
    secrets: {
      KEY: { secretsManager: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf", jsonKey: "key" },
      URL: { ssm: "/shop/url" },
      TOKEN: { ssm: "arn:aws:ssm:eu-west-1:111122223333:parameter/shop/token" },
    },
    user: "1000",
    stopTimeoutSeconds: 60,
    ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
    containerHealthCheck: {
      command: ["CMD-SHELL", "curl -f http://localhost:8080/ready || exit 1"],
      intervalSeconds: 30,
      startPeriodSeconds: 60,
    },
  });
  const { "stacks/Pulumi.prod.yaml": configuration, "import-report.md": report } = Object.fromEntries(filesOf(result));
  expect(report).toMatch(/^# Import of the ECS application shop$/m);
  expect((parse(configuration!) as { config: object }).config).toMatchObject({
    "aws:region": "eu-west-1",
    "aws:allowedAccountIds": ["111122223333"],
  });
});

test.each([
  ["CPU units and MiB", { cpu: "1024", memory: "3072" }, { cpu: 1024, memoryMiB: 3072 }],
  ["vCPUs and GB", { cpu: "1 vCPU", memory: "3 GB" }, { cpu: 1024, memoryMiB: 3072 }],
  ["numbers", { cpu: 512, memory: 1024 }, { cpu: 512, memoryMiB: 1024 }],
  ["a size that Fargate has not", { cpu: "128", memory: "300" }, {}],
  ["memory that wants more CPU", { cpu: "256", memory: "4096" }, { cpu: 512, memoryMiB: 4096 }],
  ["none, on instances", { cpu: undefined, memory: undefined }, {}],
  ["more than there is", { cpu: "999999", memory: "99999999" }, { cpu: 32768, memoryMiB: 244 * 1024 }],
])("a size of %s", (_, task, expected) => {
  const { cpu, memoryMiB } = manifestOf({}, task);
  expect({ cpu, memoryMiB }).toEqual({ cpu: undefined, memoryMiB: undefined, ...expected });
});

test("on instances a task has the size of its containers", () => {
  const { manifest, result } = importedService({ cpu: 256, memory: 900 }, { cpu: undefined, memory: undefined }, [
    { name: "log", image: "log:1", cpu: 100, memory: 500 },
  ]);
  expect(manifest).toMatchObject({ cpu: 512, memoryMiB: 2048, sidecars: { log: { image: "log:1", cpu: 100, memoryMiB: 500 } } });
  expect(findingsOf(result, "cpu, memory")).toMatchObject([{ outcome: "changed", now: "512, 2048 MiB" }]);
});

test("several are services of one environment, of which one has every path", () => {
  const result = imported({ "a.json": definition(), "b.json": definition(), "c.json": definition({ portMappings: [] }) });
  expect(result.services.map(({ name, layers: { base } }) => [name, base.kind])).toEqual([
    ["shop", undefined],
    ["shop-2", "backend-service"],
    ["shop-3", "worker"],
  ]);
});

test("what AWS's CLI wraps it in is taken off, and so is a mark at the beginning", () => {
  const text = JSON.stringify({
    taskDefinition: { ...(JSON.parse(definition()) as object), revision: 3, status: "ACTIVE" },
    tags: [{ key: "a", value: "b" }],
  });
  const { problems, services } = imported({ "described.json": `\uFEFF${text}` });
  expect([problems, services[0]!.name]).toEqual([[], "shop"]);
});

test.each([
  ["a value", { environment: [{ name: "MODE", value: "<MODE>" }] }, { environment: { MODE: "<MODE>" } }, "environment[0]"],
  [
    "a secret's value",
    { environment: [{ name: "API_KEY", value: "${API_KEY}" }] },
    { secrets: { API_KEY: { ssm: "/shop/prod/API_KEY" } } },
    "environment[0]",
  ],
  [
    "where a secret lies",
    { secrets: [{ name: "KEY", valueFrom: "<KEY_ARN>" }] },
    { secrets: { KEY: { ssm: "/shop/prod/KEY" } } },
    "secrets[0]",
  ],
])("%s that a workflow fills in has to be decided", (_, container, expected, key) => {
  const { manifest, result } = importedService(container);
  expect(manifest).toMatchObject(expected);
  expect(findingsOf(result, `containerDefinitions[0].${key}`)).toMatchObject([{ outcome: "decide" }]);
});

test.each([
  ["", "exact", undefined],
  [":key::", "exact", undefined],
  [":key:AWSCURRENT:", "exact", undefined],
  [":key:AWSPREVIOUS:", "decide", "AWSPREVIOUS"],
  ["::AWSPREVIOUS:", "decide", "AWSPREVIOUS"],
  [":key::9d4cb84b-ad69-40c0-a0ab-cead36b967e8", "decide", "9d4cb84b-ad69-40c0-a0ab-cead36b967e8"],
])("a secret that is pinned to a version loses that, and it is said: %s", (of, outcome, was) => {
  const arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop-AbCdEf";
  const { manifest, result } = importedService({ secrets: [{ name: "KEY", valueFrom: `${arn}${of}` }] });
  expect(manifest.secrets).toEqual({ KEY: { secretsManager: arn, ...(of.includes("key") && { jsonKey: "key" }) } });
  const [finding] = findingsOf(result, "containerDefinitions[0].secrets[0]");
  expect([finding!.outcome, finding!.was]).toEqual([outcome, was]);
});

test("a parameter in capital letters is one", () => {
  expect(manifestOf({ secrets: [{ name: "KEY", valueFrom: "SHOP_KEY" }] }).secrets).toEqual({ KEY: { ssm: "/SHOP_KEY" } });
});

test("a secret under a name that a service has anyway is left out", () => {
  const secrets = ["AWS_REGION", "PORT", "OTHER"].map((name) => ({ name, valueFrom: `/shop/${name}` }));
  expect(manifestOf({ secrets }).secrets).toEqual({ OTHER: { ssm: "/shop/OTHER" } });
});

test.each([
  ["no task definition", "{}", "FL2904"],
  ["no list of containers", '{ "containerDefinitions": {} }', "FL2904"],
  ["no container", '{ "family": "x", "containerDefinitions": [] }', "FL2904"],
  ["a container without a name", definition({ name: undefined }), "FL2904"],
  ["a container without an image", definition({ image: undefined }), "FL2904"],
  ["no JSON", '{ "family": ', "FL2901"],
  ["a port that is none", definition({ portMappings: [{ containerPort: 99999 }] }), "FL2904"],
  ["a size that is none", definition({}, { cpu: "much" }), "FL2904"],
])("%s is told with its place: %#", (_, text, code) => {
  const { problems } = imported({ "task-definition.json": text });
  expect(problems[0]).toMatchObject({ code, file: "task-definition.json", line: expect.any(Number) as number });
});
