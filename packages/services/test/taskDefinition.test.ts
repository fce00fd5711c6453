import type { Platform } from "@fairlead/model";
import { ServiceLogGroup } from "@fairlead/observability";
import { embeddedPlan } from "@fairlead/plan";
import { BuildSettings, ContainerImage, ExternalImage, Repository } from "@fairlead/registry";
import { InputPropertiesError } from "@pulumi/pulumi";

import { TaskDefinition, tracing, type TaskDefinitionArgs } from "../src";

const build = new BuildSettings({ registry: { address: "example.test", username: "AWS", password: "x" } });

function makeImage<P extends Platform>(platforms: readonly P[]): ContainerImage<P> {
  const repository = new Repository("api", { repositoryName: "shop/api" });
  return new ContainerImage("api", { repository, build, tag: "1", context: __dirname, platforms });
}

/** Registers a task definition that differs in some arguments; returns the plan, or what it was refused with. */
async function planOf(platforms: Platform[], change: Partial<TaskDefinitionArgs<"ARM64">> = {}) {
  let refused: unknown;
  const plan = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      const image = makeImage(platforms);
      const logGroup = new ServiceLogGroup("api", { logGroupName: "/shop/api" });
      const args: TaskDefinitionArgs<"ARM64"> = {
        family: "dev-api",
        cpuArchitecture: "ARM64",
        cpu: 256,
        memoryMiB: 512,
        containers: { api: { image, containerPort: 3000, environment: { B: "2", A: "1" } } },
        logGroup,
        region: "us-east-1",
        ...change,
      };
      try {
        new TaskDefinition("api", args);
      } catch (error) {
        refused = error;
      }
    },
  });
  return { plan, refused };
}

test("the image's platforms and runtimePlatform come from one value, and the image is pinned", async () => {
  const { plan } = await planOf(["linux/arm64"]);
  const { inputs } = plan.resources.find(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")!;
  expect(inputs.runtimePlatform).toEqual({ cpuArchitecture: "ARM64", operatingSystemFamily: "LINUX" });
  const [container] = JSON.parse(inputs.containerDefinitions as string);
  expect(container.image).toMatch(/^\$\{urn:.*::api#repositoryUrl\}@\$\{urn:.*Image::api-arm64#digest\}$/);
  expect(container.environment).toEqual([
    { name: "A", value: "1" },
    { name: "B", value: "2" },
  ]);
});

test("the execution role pulls this repository and writes this log group; the task role may do nothing", async () => {
  const { plan } = await planOf(["linux/arm64"]);
  const policies = plan.resources.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy");
  expect(policies.map(({ name }) => name)).toEqual(["api-execution"]);
  const { Statement } = JSON.parse(policies[0]!.inputs.policy as string);
  const wildcards = Statement.filter(({ Resource }: { Resource: string }) => Resource === "*");
  expect(wildcards.map(({ Action }: { Action: string }) => Action)).toEqual(["ecr:GetAuthorizationToken"]);
  const resources = Statement.flatMap(({ Resource }: { Resource: string | string[] }) => Resource).filter((arn: string) => arn !== "*");
  expect(resources).toEqual([expect.stringMatching(/Repository::api#arn\}$/), expect.stringMatching(/LogGroup::api#arn\}:\*$/)]);
});

test("all invalid arguments are refused at once, before a task definition exists", async () => {
  const { plan, refused } = await planOf(["linux/amd64"], { family: "dev api", cpu: 256, memoryMiB: 4096 });
  expect(InputPropertiesError.isInstance(refused)).toBe(true);
  const { errors } = refused as InputPropertiesError;
  expect(errors.map(({ propertyPath }) => propertyPath)).toEqual(["family", "memoryMiB", "containers.api.image"]);
  expect(errors[1]!.reason).toContain("512, 1024, 2048 MiB");
  expect(errors[2]!.reason).toMatch(/built for linux\/amd64, the task runs on linux\/arm64 .*exec format error/);
  expect(plan.resources.filter(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")).toEqual([]);
});

test("transform changes what the children get", async () => {
  const { plan } = await planOf(["linux/arm64"], { transform: (args) => ({ ...args, tags: { team: "shop" } }) });
  expect(plan.resources.find(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")!.inputs.tags).toEqual({ team: "shop" });
});

// The compiler runs this test: `npm run typecheck` fails if the marked line is accepted.
export function anArm64ImageOnAnX86TaskDoesNotCompile(logGroup: ServiceLogGroup): void {
  const common = { family: "f", cpu: 256, memoryMiB: 512, logGroup, region: "us-east-1" };
  const arm64 = makeImage(["linux/arm64"]);
  const both = makeImage(["linux/amd64", "linux/arm64"]);
  new TaskDefinition("a", { ...common, cpuArchitecture: "ARM64", containers: { api: { image: arm64 } } });
  new TaskDefinition("b", { ...common, cpuArchitecture: "X86_64", containers: { api: { image: both } } });
  // @ts-expect-error the image runs on linux/arm64 alone, the task on linux/amd64
  new TaskDefinition("c", { ...common, cpuArchitecture: "X86_64", containers: { api: { image: arm64 } } });
}

test("the task definition waits for the inspection of all that it runs, as it runs it", async () => {
  const { plan } = await planOf(["linux/arm64"], {
    features: [tracing("XRAY"), { environment: { PATH: "/app/bin", LOG_LEVEL: "debug" } }],
  });
  const inspection = plan.resources.find(({ type }) => type.endsWith(":ImageInspection"))!;
  const definition = plan.resources.find(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")!;
  expect(definition.dependencies).toContain(inspection.urn);
  const { api, "xray-daemon": sidecar } = inspection.inputs.containers as Record<
    string,
    { image: string; user: string; environment?: object }
  >;
  const containers = JSON.parse(definition.inputs.containerDefinitions as string) as { name: string; image: string }[];
  expect(api!.image).toBe(containers[0]!.image);
  expect(containers[1]!.image).toBe(`\${${(sidecar!.image as unknown as { $output: string }).$output}}`);
  expect(api).toMatchObject({ user: "1000:1000", environment: { PATH: "/app/bin" } });
  expect(api!.environment).not.toHaveProperty("LOG_LEVEL");
  expect(sidecar).not.toHaveProperty("environment");
  expect(inspection.inputs).toMatchObject({ service: "api", platform: "linux/arm64" });
});

test("its inspection knows the names of deciding secrets, and what is mounted", async () => {
  const volume = { name: "shared", containerPath: "/shared", readOnly: true, fileSystemId: "fs-1", accessPointId: "fsap-1" };
  const secret = { valueFrom: "arn:aws:ssm:us-east-1:1:parameter/x", resourceArns: [] };
  const settings = async (more: object) => {
    const { plan } = await planOf(["linux/arm64"], { features: [more as never] });
    return (plan.resources.find(({ type }) => type.endsWith(":ImageInspection"))!.inputs.containers as { api: object }).api;
  };
  const secrets = { NODE_OPTIONS: secret, DATABASE_URL: secret };
  expect(await settings({ volume, secrets })).toMatchObject({
    secrets: ["NODE_OPTIONS"],
    mountPoints: [{ containerPath: "/shared", readOnly: true }],
  });
  expect(await settings({ secrets: { DATABASE_URL: secret } })).toEqual(await settings({}));
});

test("its inspection knows which variables the task sets, where those are all", async () => {
  const secrets = { DATABASE_URL: { valueFrom: "arn:aws:ssm:us-east-1:1:parameter/x", resourceArns: [] } };
  const variables = async (more: object) => {
    const { plan } = await planOf(["linux/arm64"], { features: [{ secrets, environment: { LOG_LEVEL: "debug" } } as never], ...more });
    const { api } = plan.resources.find(({ type }) => type.endsWith(":ImageInspection"))!.inputs.containers as {
      api: { variables?: string[] };
    };
    return api.variables;
  };
  expect(await variables({})).toBeUndefined();
  expect(await variables({ hasAllVariables: true })).toEqual(expect.arrayContaining(["DATABASE_URL", "LOG_LEVEL"]));
});

test("a version of somebody else's image is pinned, a digest stays as it is", async () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const sidecar = (image: string) => ({ sidecars: { proxy: { image: new ExternalImage(image, ["linux/arm64"] as const) } } });
  const imagesIn = ({ resources }: Awaited<ReturnType<typeof planOf>>["plan"]) =>
    JSON.parse(resources.find(({ type }) => type === "aws:ecs/taskDefinition:TaskDefinition")!.inputs.containerDefinitions as string)
      .filter(({ name }: { name: string }) => name === "proxy")
      .map(({ image }: { image: string }) => image);
  const { plan: tagged } = await planOf(["linux/arm64"], { features: [sidecar("example.test/proxy:1.2.3")] as never });
  expect(imagesIn(tagged)).toEqual([expect.stringMatching(/^\$\{urn:.*:PinnedImage::api-proxy#reference\}$/)]);
  expect(tagged.resources.find(({ name }) => name === "api-proxy")!.inputs.image).toBe("example.test/proxy:1.2.3");
  const { plan: pinned } = await planOf(["linux/arm64"], { features: [sidecar(`example.test/proxy:1.2.3@${digest}`)] as never });
  expect(imagesIn(pinned)).toEqual([`example.test/proxy@${digest}`]);
  expect(pinned.resources.some(({ type }) => type.endsWith(":PinnedImage"))).toBe(false);
});
