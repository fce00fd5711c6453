import { secretsManagerSecret, ssmParameter } from "@fairlead/foundation";
import { platforms } from "@fairlead/model";
import { ExternalImage } from "@fairlead/registry";
import * as pulumi from "@pulumi/pulumi";

import type { ContainerArgs, TaskDefinitionArgs } from "../src";
import { containersOf, inputsOf, ofType, planOf, reasons, taskDefinition } from "./harness";

const image = new ExternalImage("example.test/api:1", platforms);
type Container = ContainerArgs<"ARM64" | "X86_64">;
const withContainer = (container: Partial<Container>, change: Partial<TaskDefinitionArgs<"ARM64" | "X86_64">> = {}) =>
  planOf((env) => taskDefinition(env, { containers: { api: { image, ...container } }, ...change }));

test("a container is hardened by default: no root, no writable root file system, an init process, a log", async () => {
  const { plan } = await withContainer({});
  expect(containersOf(plan).api).toMatchObject({
    user: "1000:1000",
    readonlyRootFilesystem: true,
    linuxParameters: { initProcessEnabled: true },
    logConfiguration: { logDriver: "awslogs" },
    stopTimeout: 30,
    essential: true,
  });
  expect(containersOf(plan).api).not.toHaveProperty("secrets");
  expect(containersOf(plan).api).not.toHaveProperty("healthCheck");
});

test("a private registry's login is named, and ECS may read it and no more", async () => {
  const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf";
  const { plan } = await withContainer({ repositoryCredentials: secretsManagerSecret(arn, { kmsKeyArn: "arn:key" }) });
  expect(containersOf(plan).api!.repositoryCredentials).toEqual({ credentialsParameter: arn });
  const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name.endsWith("-execution"));
  const { Statement } = JSON.parse(policy!.inputs.policy as string) as { Statement: object[] };
  expect(Statement).toContainEqual({ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: [arn] });
  expect(Statement).toContainEqual({ Effect: "Allow", Action: "kms:Decrypt", Resource: ["arn:key"] });
  expect(containersOf((await withContainer({})).plan).api).not.toHaveProperty("repositoryCredentials");
});

test("a folder to start in is the container's, and its inspection looks from there; without one it is the image's", async () => {
  const { plan } = await withContainer({ workingDirectory: "/srv/app" });
  expect(containersOf(plan).api).toMatchObject({ workingDirectory: "/srv/app" });
  const [inspection] = ofType(plan, "pulumi-nodejs:dynamic/fairlead:ImageInspection");
  expect(inspection!.inputs.containers).toMatchObject({ api: { workingDirectory: "/srv/app" } });
  const { plan: without } = await withContainer({});
  expect(containersOf(without).api).not.toHaveProperty("workingDirectory");
  expect(inputsOf(without, "pulumi-nodejs:dynamic/fairlead:ImageInspection")[0]!.containers).not.toHaveProperty("api.workingDirectory");
});

test("user: image leaves the user to the image, and has its inspection look at that", async () => {
  const { plan } = await planOf((env) => taskDefinition(env, { containers: { api: { image, user: "image" } } }));
  expect(containersOf(plan).api).not.toHaveProperty("user");
  const [inspection] = ofType(plan, "pulumi-nodejs:dynamic/fairlead:ImageInspection");
  expect(inspection!.inputs.containers).toMatchObject({ api: { user: "image" } });
});

test("folders that must be written are volumes of their own", async () => {
  const { plan } = await withContainer({ writableMounts: ["/var/cache/app", "/tmp"] });
  expect(containersOf(plan).api!.mountPoints).toEqual([
    { containerPath: "/tmp", readOnly: false, sourceVolume: "api-tmp" },
    { containerPath: "/var/cache/app", readOnly: false, sourceVolume: "api-var-cache-app" },
  ]);
  expect(inputsOf(plan, "aws:ecs/taskDefinition:TaskDefinition")[0]!.volumes).toEqual([{ name: "api-tmp" }, { name: "api-var-cache-app" }]);
});

test("secrets are files of a folder that a container writes before the program starts, and that the program can't change", async () => {
  const arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
  const value = secretsManagerSecret(arn);
  const { plan } = await withContainer({}, { features: [{ secretFiles: { "/run/secrets/db": value, "/etc/app/it's": value } }] });
  const { api, "secret-files": writer } = containersOf(plan);
  expect(writer).toMatchObject({
    essential: false,
    user: "0",
    command: [String.raw`umask 022 && printf %s "$FILE_1" > '/etc/app/it'\''s' && printf %s "$FILE_2" > '/run/secrets/db'`],
    secrets: [
      { name: "FILE_1", valueFrom: arn },
      { name: "FILE_2", valueFrom: arn },
    ],
  });
  const volumes = { "/etc/app": "secret-files-etc-app", "/run/secrets": "secret-files-run-secrets" };
  const mountsWith = (readOnly: boolean) =>
    Object.entries(volumes).map(([containerPath, sourceVolume]) => ({ containerPath, readOnly, sourceVolume }));
  expect(writer!.mountPoints).toEqual(mountsWith(false));
  expect(api).toMatchObject({ mountPoints: mountsWith(true), dependsOn: [{ containerName: "secret-files", condition: "SUCCESS" }] });
  expect(inputsOf(plan, "aws:ecs/taskDefinition:TaskDefinition")[0]!.volumes).toEqual(Object.values(volumes).map((name) => ({ name })));
  expect(Object.keys(containersOf((await withContainer({})).plan))).toEqual(["api"]);
});

test("that the user can write to them is inspected on Fargate: elsewhere Docker gives a volume the owner of the image's folder", async () => {
  const inspected = async (compatibility: "FARGATE" | "EC2") => {
    const { plan } = await withContainer({ writableMounts: ["/tmp"] }, { compatibility });
    return inputsOf(plan, "pulumi-nodejs:dynamic/fairlead:ImageInspection")[0]!.containers as { api: { writableMounts?: string[] } };
  };
  expect((await inspected("FARGATE")).api.writableMounts).toEqual(["/tmp"]);
  expect((await inspected("EC2")).api.writableMounts).toBeUndefined();
  expect(inputsOf((await withContainer({})).plan, "pulumi-nodejs:dynamic/fairlead:ImageInspection")[0]!.containers).not.toHaveProperty(
    "api.writableMounts",
  );
});

test("what decides how the image is started is inspected", async () => {
  const inspected = async (...args: Parameters<typeof withContainer>) => {
    const { plan } = await withContainer(...args);
    return (inputsOf(plan, "pulumi-nodejs:dynamic/fairlead:ImageInspection")[0]!.containers as { api: Record<string, unknown> }).api;
  };
  expect(await inspected({ containerPort: 8080 })).toMatchObject({
    readonlyRootFilesystem: true,
    initProcessEnabled: true,
    user: "1000:1000",
  });
  expect(await inspected({ readonlyRootFilesystem: false })).toMatchObject({ readonlyRootFilesystem: false });
  expect(await inspected({ containerPort: 80 })).toHaveProperty("containerPort", 80);
  expect(await inspected({ containerPort: 80 })).not.toHaveProperty("networkMode");
  expect(await inspected({ containerPort: 80 }, { compatibility: "EC2", networkMode: "bridge" })).toHaveProperty("networkMode", "bridge");
});

test("labels are as they are given, sorted, and not there without any", async () => {
  const { plan } = await withContainer({ dockerLabels: { team: "shop", "com.example.tier": "1" } });
  expect(JSON.stringify(containersOf(plan).api!.dockerLabels)).toBe('{"com.example.tier":"1","team":"shop"}');
  expect(containersOf((await withContainer({})).plan).api).not.toHaveProperty("dockerLabels");
});

describe("secrets", () => {
  const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
  const parameter = "arn:aws:ssm:us-east-1:123456789012:parameter/flags";

  test("are references, whole or one JSON key, and the execution role may read exactly them", async () => {
    const { plan } = await withContainer({
      secrets: {
        WHOLE: secretsManagerSecret(secret),
        PASSWORD: secretsManagerSecret(secret, { jsonKey: "password", kmsKeyArn: "key" }),
        FLAGS: ssmParameter(parameter),
      },
    });
    expect(containersOf(plan).api!.secrets).toEqual([
      { name: "FLAGS", valueFrom: parameter },
      { name: "PASSWORD", valueFrom: `${secret}:password::` },
      { name: "WHOLE", valueFrom: secret },
    ]);
    const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "api-execution");
    const { Statement } = JSON.parse(policy!.inputs.policy as string) as { Statement: { Action: string; Resource: string[] }[] };
    const reads = Statement.filter(({ Action }) => /^(secretsmanager|ssm|kms):/.test(Action)).map(({ Action, Resource }) => [
      Action,
      Resource,
    ]);
    expect(reads).toEqual([
      ["secretsmanager:GetSecretValue", [secret]],
      ["ssm:GetParameters", [parameter]],
      ["kms:Decrypt", ["key"]],
    ]);
  });

  test("under a key of yours are decrypted with exactly it, where one is known", async () => {
    const keys = { of: "key-of-the-parameter", none: pulumi.output<string | undefined>(undefined) };
    const decrypts = async (kmsKeyArn: pulumi.Input<string | undefined>) => {
      const { plan } = await withContainer({ secrets: { FLAGS: ssmParameter(parameter, { kmsKeyArn }) } });
      const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "api-execution");
      const { Statement } = JSON.parse(policy!.inputs.policy as string) as { Statement: { Action: string; Resource: string[] }[] };
      return Statement.flatMap(({ Action, Resource }) => (Action === "kms:Decrypt" ? [Resource] : []));
    };
    expect(await decrypts(keys.of)).toEqual([["key-of-the-parameter"]]);
    expect(await decrypts(keys.none)).toEqual([]);
  });

  test("can't be variables as well", async () => {
    const { refused } = await withContainer({ environment: { A: "1" }, secrets: { A: ssmParameter(parameter) } });
    expect(reasons(refused)).toEqual(['containers.api.secrets: "A" is in environment as well']);
  });
});

test("the execution role may pull a sidecar of ECR, also into a cache of another registry, and needs nothing for a public one", async () => {
  const pulls = async (reference: string) => {
    const sidecars = { agent: { image: new ExternalImage(reference, platforms) } };
    const { plan } = await withContainer({}, { features: [{ sidecars }] });
    const [policy] = ofType(plan, "aws:iam/rolePolicy:RolePolicy").filter(({ name }) => name === "api-execution");
    const { Statement } = JSON.parse(policy!.inputs.policy as string) as { Statement: { Action: string | string[]; Resource: unknown }[] };
    return Statement.flatMap(({ Action, Resource }) =>
      [Action].flat().flatMap((action) => (/^ecr:/.test(action) ? [[action, Resource]] : [])),
    );
  };
  const repository = ["arn:aws:ecr:eu-west-1:210987654321:repository/ecr-public/agent"];
  expect(await pulls("210987654321.dkr.ecr.eu-west-1.amazonaws.com/ecr-public/agent:1.2")).toEqual([
    ["ecr:BatchCheckLayerAvailability", repository],
    ["ecr:BatchGetImage", repository],
    ["ecr:GetDownloadUrlForLayer", repository],
    ["ecr:GetAuthorizationToken", "*"],
    ["ecr:BatchImportUpstreamImage", repository],
  ]);
  expect(await pulls("public.ecr.aws/agent/agent:1.2")).toEqual([]);
});

test("health check, ulimits, command, ephemeral storage arrive as ECS states them", async () => {
  const { plan } = await withContainer(
    {
      command: ["serve"],
      entryPoint: ["/app"],
      healthCheck: { command: ["/app", "check"], intervalSeconds: 10 },
      ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2 }],
    },
    { ephemeralStorageGiB: 50 },
  );
  expect(containersOf(plan).api).toMatchObject({
    command: ["serve"],
    entryPoint: ["/app"],
    healthCheck: { command: ["/app", "check"], interval: 10, retries: 3, startPeriod: 30, timeout: 5 },
    ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2 }],
  });
  expect(inputsOf(plan, "aws:ecs/taskDefinition:TaskDefinition")[0]!.ephemeralStorage).toEqual({ sizeInGib: 50 });
});

describe("what ECS refuses is refused at preview, all at once", () => {
  test.each([
    [
      "a health check that times out too late",
      { healthCheck: { command: ["x"], intervalSeconds: 5, timeoutSeconds: 5 } },
      /timeoutSeconds: 5: expected 2 to 4/,
    ],
    ["a limit that Fargate does not take", { ulimits: [{ name: "memlock", softLimit: 1, hardLimit: 1 }] }, /on Fargate only nofile/],
    ["a container that waits for nobody", { dependsOn: { proxy: "START" as const } }, /"proxy" is no other container/],
    [
      "a definition above 64 KB",
      { environment: Object.fromEntries(Array.from({ length: 700 }, (_, i) => [`V${i}`, "x".repeat(100)])) },
      /bytes of definitions: ECS allows 65536/,
    ],
  ])("%s", async (_, container, reason) => {
    expect(reasons((await withContainer(container)).refused)).toEqual([expect.stringMatching(reason)]);
  });

  test("eleven containers, a network mode and a disk that Fargate has not", async () => {
    const containers = Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`c${i}`, { image }]));
    const { refused } = await planOf((env) => taskDefinition(env, { containers, networkMode: "bridge", ephemeralStorageGiB: 10 }));
    expect(refused!.errors.map(({ propertyPath }) => propertyPath)).toEqual(["networkMode", "ephemeralStorageGiB", "containers"]);
  });

  test("waiting for the health of a container that has no check", async () => {
    const { refused } = await planOf((env) =>
      taskDefinition(env, { containers: { api: { image, dependsOn: { proxy: "HEALTHY" } }, proxy: { image } } }),
    );
    expect(reasons(refused)).toEqual([expect.stringMatching(/"proxy" has no healthCheck/)]);
  });
});

test("a file system is mounted through its access point, with TLS and IAM", async () => {
  const volume = { name: "media", fileSystemId: "fs-1", accessPointId: "fsap-1", containerPath: "/media", readOnly: true };
  const { plan } = await withContainer({}, { features: [{ volume }] });
  expect(inputsOf(plan, "aws:ecs/taskDefinition:TaskDefinition")[0]!.volumes).toEqual([
    {
      name: "media",
      efsVolumeConfiguration: {
        fileSystemId: "fs-1",
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId: "fsap-1", iam: "ENABLED" },
      },
    },
  ]);
  expect(containersOf(plan).api!.mountPoints).toEqual([{ containerPath: "/media", readOnly: true, sourceVolume: "media" }]);
});
