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

test("the container with a port is the service's own, others are beside it, under names of their own", () => {
  const { manifest } = importedService({ name: "app", dependsOn: [{ containerName: "shop", condition: "healthy" }] }, {}, [
    {
      name: "shop",
      image: "proxy:1",
      essential: false,
      healthCheck: { command: ["CMD", "check"] },
      dependsOn: [{ containerName: "app", condition: "START" }],
    },
  ]);
  expect(manifest).toMatchObject({
    image: "example.com/web:1",
    dependsOn: { "shop-2": "HEALTHY" },
    sidecars: { "shop-2": { image: "proxy:1", essential: false, dependsOn: { shop: "START" } } },
  });
});

test("a router of logs is Fairlead's own", () => {
  const { manifest, result } = importedService(
    {
      logConfiguration: { logDriver: "awsfirelens", options: { Name: "datadog", apikey: "0a1b2c3d4e5f60718293a4b5c6d7e8f9", site: "eu" } },
    },
    {},
    [
      {
        name: "log_router",
        image: "fluent-bit:1",
        firelensConfiguration: { type: "fluentbit", options: { "enable-ecs-log-metadata": "true" } },
      },
    ],
  );
  expect(manifest).toMatchObject({ logRouting: { options: { Name: "datadog", site: "eu" } } });
  expect(manifest.sidecars).toBeUndefined();
  expect(JSON.stringify(result)).not.toContain("0a1b2c3d4e5f");
});

test("who waits for a router of logs need not: it is Fairlead's own", () => {
  const dependsOn = [{ containerName: "log_router", condition: "START" }];
  const { manifest, result } = importedService({ dependsOn, logConfiguration: { logDriver: "awsfirelens", options: { Name: "x" } } }, {}, [
    { name: "log_router", image: "fluent-bit:1", firelensConfiguration: { type: "fluentbit" } },
  ]);
  expect(manifest.dependsOn).toBeUndefined();
  expect(findingsOf(result, "containerDefinitions[0].dependsOn")).toMatchObject([
    { outcome: "changed", to: "logRouting", was: "log_router: START" },
  ]);
});

test.each([
  ["none", undefined],
  ["that of nothing", { command: ["NONE"] }],
  ["one that was not taken over", { command: ["CMD", "check", "--token", "Zq8vXn2LpR7sTw4YbK1mJh5D"] }],
])("who waits for the health of a container waits for its start, where its check is %s", (_, healthCheck) => {
  const { manifest, result } = importedService({ dependsOn: [{ containerName: "proxy", condition: "HEALTHY" }] }, {}, [
    { name: "proxy", image: "proxy:1", healthCheck },
  ]);
  expect(manifest.dependsOn).toEqual({ proxy: "START" });
  expect(findingsOf(result, "containerDefinitions[0].dependsOn[0].condition")).toMatchObject([
    { outcome: "decide", was: "HEALTHY", now: "START" },
  ]);
});

test.each([
  ["that is not there", "other"],
  ["that it is itself", "web"],
])("who waits for a container %s is refused: FL2904", (_, containerName) => {
  const { problems } = imported({ "t.json": definition({ dependsOn: [{ containerName, condition: "START" }] }) });
  expect(problems).toMatchObject([{ code: "FL2904", expected: expect.stringContaining("another container") as string }]);
});

test("a check ends before the next one begins, also by our own defaults", () => {
  expect(manifestOf({ healthCheck: { command: ["CMD", "x"], interval: 15, timeout: 15 } }).containerHealthCheck).toMatchObject({
    timeoutSeconds: 14,
  });
  expect(manifestOf({ healthCheck: { command: ["CMD", "x"], interval: 5 } }).containerHealthCheck).toMatchObject({ timeoutSeconds: 4 });
});

test.each([
  ["<IMAGE>", { executionRoleArn: "arn:aws:iam::111122223333:role/x" }, undefined],
  ["<IMAGE>", {}, undefined],
  ["REPOSITORY_URI:TAG", {}, undefined],
])("an image that a workflow fills in has to be decided: %s", (image, task, expected) => {
  const { manifest, result } = importedService({ image }, task);
  expect(manifest.image).toEqual(expected);
  expect(findingsOf(result, "containerDefinitions[0].image")).toMatchObject([{ outcome: "decide", was: image }]);
});

test("of whom the account is known the image is in a repository", () => {
  const logConfiguration = { logDriver: "awslogs", options: { "awslogs-region": "eu-west-1", "awslogs-group": "g" } };
  const { manifest } = importedService({ image: "<IMAGE>", logConfiguration }, { executionRoleArn: "arn:aws:iam::111122223333:role/x" });
  expect(manifest.image).toBe("111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:latest");
});

test("or whoever imports it names the image", () => {
  const { services, findings } = imported({ "t.json": definition({ image: "<IMAGE>" }) }, { image: "example.com/shop:2" });
  expect(services[0]!.layers.base.image).toBe("example.com/shop:2");
  expect(findings).toContainEqual(expect.objectContaining({ outcome: "changed", was: "<IMAGE>", now: "example.com/shop:2" }));
});

test.each([
  ["an image as it was", "registry.example.com/shop:1", undefined, {}, { secretsManager: "arn" }, "exact"],
  ["an image that was named", "<IMAGE>", "registry.example.com/shop:2", {}, { secretsManager: "arn" }, "decide"],
  ["an image in ECR that was named", "<IMAGE>", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:2", {}, undefined, "decide"],
  ["an image that nobody named", "<IMAGE>", undefined, {}, undefined, "decide"],
  ["an image that is built", "<IMAGE>", undefined, { Dockerfile: "FROM scratch\n" }, undefined, "changed"],
])("the login of a registry is told of with %s", (_, reference, image, files, expected, outcome) => {
  const text = definition({ image: reference, repositoryCredentials: { credentialsParameter: "arn" } });
  const result = imported({ "t.json": text, ...files }, { image });
  expect(result.problems).toEqual([]);
  expect(result.services[0]!.layers.base.repositoryCredentials).toEqual(expected);
  expect(findingsOf(result, "containerDefinitions[0].repositoryCredentials")).toMatchObject([{ outcome }]);
});

const workflow = (steps: string) => `env:
  TASK: deploy/task-definition.json
  CONTAINER: api
jobs:
  deploy:
    steps:
${steps}
      - uses: aws-actions/amazon-ecs-render-task-definition@v1
        with: { task-definition: "\${{ env.TASK }}", container-name: "\${{ env.CONTAINER }}", image: x }
`;

test.each([
  [
    "      - run: |\n          docker build -t x -f api/Dockerfile.prod api\n          docker push x",
    "../../api/Dockerfile.prod",
    "../../api",
  ],
  [
    "      - uses: docker/build-push-action@v6\n        with: { context: api, file: api/Dockerfile.prod }",
    "../../api/Dockerfile.prod",
    "../../api",
  ],
])("the workflow that deploys it says which container it is, and what its image is built of", (steps, dockerfile, context) => {
  const result = imported({
    "deploy/task-definition.json": definition({ name: "proxy", image: "proxy:1" }, {}, [
      { name: "api", image: "<IMAGE>", portMappings: [{ containerPort: 3000 }] },
    ]),
    ".github/workflows/deploy.yml": workflow(steps),
    "api/Dockerfile.prod": "FROM scratch\n",
  });
  expect(result.problems).toEqual([]);
  expect(result.services[0]!.layers.base).toMatchObject({
    containerPort: 3000,
    build: { context, dockerfile },
    sidecars: { proxy: { image: "proxy:1" } },
  });
  expect(result.findings).toContainEqual(
    expect.objectContaining({
      to: ".github/workflows",
      place: expect.objectContaining({ line: 7 + steps.split("\n").length }) as object,
    }),
  );
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

test("folders of the task's own can be written, what is kept has to be decided", () => {
  const volumes = [
    { name: "cache", host: {} },
    { name: "files", efsVolumeConfiguration: { fileSystemId: "fs-1" } },
  ];
  const mountPoints = [
    { sourceVolume: "cache", containerPath: "/cache" },
    { sourceVolume: "files", containerPath: "/files" },
  ];
  const { manifest, result } = importedService({ mountPoints }, { volumes });
  expect(manifest.writableMounts).toEqual(["/cache"]);
  expect(findingsOf(result, "volumes[1].efsVolumeConfiguration")).toMatchObject([{ outcome: "decide", to: "uses" }]);
});

test("a folder that containers share has to be decided, and each writes into its own", () => {
  const [socket, pages] = ["socket", "pages"];
  const mountPoints = [
    { sourceVolume: socket, containerPath: "/run/app" },
    { sourceVolume: pages, containerPath: "/pages" },
  ];
  const others = [
    { sourceVolume: socket, containerPath: "/run/proxy" },
    { sourceVolume: pages, containerPath: "/usr/share/nginx/html", readOnly: true },
  ];
  const { manifest, result } = importedService({ mountPoints }, { volumes: [{ name: socket, host: {} }, { name: pages }] }, [
    { name: "proxy", image: "proxy:1", mountPoints: others },
  ]);
  expect(manifest).toMatchObject({ writableMounts: ["/run/app", "/pages"], sidecars: { proxy: { writableMounts: ["/run/proxy"] } } });
  for (const index of [0, 1])
    expect(findingsOf(result, `containerDefinitions[${index}].mountPoints`)).toMatchObject(
      Array(2).fill({ outcome: "decide", text: expect.stringContaining("share no folders") as string }),
    );
});

test("a folder that is only read, and that nobody writes into, is told to be left out", () => {
  const mountPoints = [{ sourceVolume: "pages", containerPath: "/pages", readOnly: true }];
  const { manifest, result } = importedService({ mountPoints }, { volumes: [{ name: "pages", host: {} }] });
  expect(manifest.writableMounts).toBeUndefined();
  const [finding] = findingsOf(result, "containerDefinitions[0].mountPoints");
  expect(finding).toMatchObject({ outcome: "dropped", was: "pages:/pages" });
  expect(finding!.to).toBeUndefined();
  expect(finding!.now).toBeUndefined();
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
  ["a mount point", { mountPoints: [{ sourceVolume: "v", containerPath: "/" }] }],
  ["a tmpfs", { linuxParameters: { tmpfs: [{ containerPath: "scratch", size: 64 }] } }],
])("%s where nothing can be mounted is refused: FL2904", (_, container) => {
  const { problems } = imported({ "t.json": definition(container, { volumes: [{ name: "v" }] }) });
  expect(problems).toMatchObject([{ code: "FL2904", expected: expect.stringContaining("containerPath") as string }]);
});

test("an empty user is the image's own", () => {
  const { manifest, result } = importedService({ user: "" });
  expect(manifest.user).toBe("image");
  expect(findingsOf(result, "containerDefinitions[0].user")).toMatchObject([{ outcome: "ignored" }]);
});

test("a folder in memory is one on disk, and whose fault that is is said", () => {
  const { manifest, result } = importedService({ linuxParameters: { tmpfs: [{ containerPath: "/scratch", size: 64 }] } });
  expect(manifest.writableMounts).toEqual(["/scratch"]);
  expect(findingsOf(result, "containerDefinitions[0].linuxParameters.tmpfs[0]")).toMatchObject([
    { outcome: "changed", to: "writableMounts", text: expect.stringMatching(/^Fairlead has no key for tmpfs/) as string },
  ]);
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
