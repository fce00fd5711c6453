import { embeddedPlan } from "@fairlead/plan";
import { ServiceLogGroup } from "@fairlead/observability";
import { ContainerImage, Repository, type Platform } from "@fairlead/registry";
import { InputPropertiesError } from "@pulumi/pulumi";

import { TaskDefinition, type TaskDefinitionArgs } from "../src";

const build = { registry: { address: "example.test", username: "AWS", password: "x" } };

function makeImage<P extends Platform>(platforms: readonly P[]): ContainerImage<P> {
  const repository = new Repository("api", { repositoryName: "shop/api" });
  return new ContainerImage("api", { repository, build, tag: "1", context: "../apps/api", platforms });
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
