import { platforms, type CpuArchitecture } from "@fairlead/model";
import { LoadBalancer, Network } from "@fairlead/networking";
import { ServiceLogGroup } from "@fairlead/observability";
import { embeddedPlan, type Plan, type PlanResource } from "@fairlead/plan";
import { ExternalImage } from "@fairlead/registry";
import { InputPropertiesError } from "@pulumi/pulumi";

import { Cluster, EcsService, TaskDefinition, type EcsServiceArgs, type TaskDefinitionArgs } from "../src";

/** An environment to put services into. */
export function environment() {
  const network = new Network("main", { vpcId: "vpc-0a1b2c3d4e5f60718" });
  return {
    network,
    cluster: new Cluster("dev"),
    loadBalancer: new LoadBalancer("dev", { network }),
    logGroup: new ServiceLogGroup("api", { logGroupName: "/shop/api" }),
  };
}
export type Environment = ReturnType<typeof environment>;

/** A task of one container, `api`, but for what is changed. */
export function taskDefinition({ logGroup }: Environment, change: Partial<TaskDefinitionArgs<CpuArchitecture>> = {}, name = "api") {
  return new TaskDefinition<CpuArchitecture>(name, {
    family: "dev-api",
    cpuArchitecture: "ARM64",
    cpu: 256,
    memoryMiB: 512,
    containers: { api: { image: new ExternalImage("example.test/api:1", platforms), containerPort: 3000 } },
    logGroup,
    region: "us-east-1",
    ...change,
  });
}

/** A service of that task, but for what is changed. */
export function service(env: Environment, change: Partial<EcsServiceArgs> = {}) {
  const { cluster, network } = env;
  const task = change.taskDefinition ?? taskDefinition(env);
  return new EcsService("api", { cluster, network, taskDefinition: task, containerName: "api", containerPort: 3000, ...change });
}

/** The plan of a program that gets an environment, and what the program was refused with. */
export async function planOf(program: (env: Environment) => unknown): Promise<{ plan: Plan; refused?: InputPropertiesError }> {
  let refused: InputPropertiesError | undefined;
  const plan = await embeddedPlan({
    project: "shop",
    stack: "dev",
    config: {},
    program: () => {
      try {
        program(environment());
      } catch (error) {
        if (!InputPropertiesError.isInstance(error)) throw error;
        refused = error;
      }
    },
  });
  return { plan, refused };
}

export const ofType = ({ resources }: Plan, type: string): PlanResource[] => resources.filter((resource) => resource.type === type);
export const inputsOf = (plan: Plan, type: string) => ofType(plan, type).map(({ inputs }) => inputs);
export const reasons = (refused: InputPropertiesError | undefined) =>
  (refused?.errors ?? []).map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`);

/** The containers of the only task definition. */
export function containersOf(plan: Plan): Record<string, Record<string, unknown>> {
  const [task] = ofType(plan, "aws:ecs/taskDefinition:TaskDefinition");
  const containers = JSON.parse(task!.inputs.containerDefinitions as string) as { name: string }[];
  return Object.fromEntries(containers.map((container) => [container.name, container as never]));
}
