import { fargateMemorySizes, platformOf, type CpuArchitecture } from "@fairlead/model";

import { platformsInRegistry } from "../registryAccess";
import { AwsError, type ResourceModel } from "./model";
import type { Properties, World } from "./world";

const cluster = "aws:ecs/cluster:Cluster";
const capacityProviders = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
const taskDefinition = "aws:ecs/taskDefinition:TaskDefinition";
const service = "aws:ecs/service:Service";

interface Container {
  name?: string;
  image?: string;
}

function refuseTaskDefinition({ family, cpu, memory, containerDefinitions, executionRoleArn }: Properties): void {
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(family)) throw new AwsError("ClientException", `Invalid family '${family}'`);
  if (!fargateMemorySizes(Number(cpu)).includes(Number(memory))) {
    throw new AwsError("ClientException", `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory`);
  }
  const containers = JSON.parse(containerDefinitions) as Container[];
  if (containers.length < 1 || containers.length > 10) throw new AwsError("ClientException", "A task definition has 1 to 10 containers");
  for (const { name, image } of containers) {
    if (!name || !image || /\s/.test(image)) throw new AwsError("ClientException", `Container.image is invalid: '${image}'`);
  }
  if (!executionRoleArn)
    throw new AwsError("ClientException", "Fargate requires task definition to have execution role ARN to support ECR images.");
}

/** What would stop the first task: its images are asked of the registry, for the platform that the task declares. */
async function refuseTasks(inputs: Properties, world: World): Promise<void> {
  const definition = world.get(taskDefinition, inputs.taskDefinition);
  if (!definition) throw new AwsError("ClientException", `TaskDefinition not found: ${inputs.taskDefinition}`);
  const architecture = (definition.inputs.runtimePlatform?.cpuArchitecture ?? "X86_64") as CpuArchitecture;
  for (const { name, image } of JSON.parse(definition.inputs.containerDefinitions) as Container[]) {
    const platforms = await platformsInRegistry(image!);
    if (!platforms) throw new AwsError("CannotPullContainerError", `${name}: ${image}: not found`);
    if (!platforms.includes(platformOf(architecture))) {
      throw new AwsError(
        "CannotPullContainerError",
        `${name}: image Manifest does not contain descriptor matching platform '${platformOf(architecture)}'`,
      );
    }
  }
}

/** ECS. A service is steady as soon as its tasks could start: the stand-in runs none. */
export const compute: Record<string, ResourceModel> = {
  [cluster]: {
    autoName: "name",
    replaceOn: ["name"],
    refuse({ name }) {
      if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) throw new AwsError("InvalidParameterException", `Invalid cluster name '${name}'`);
    },
    create: ({ name }, { arn }) => {
      const id = arn("ecs", `cluster/${name}`);
      return { id, outputs: { arn: id } };
    },
    refuseDelete(id, _, world) {
      if (world.all(service).some(({ inputs }) => inputs.cluster === id)) {
        throw new AwsError("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.");
      }
    },
  },
  [capacityProviders]: {
    replaceOn: ["clusterName"],
    create: ({ clusterName }) => ({ id: clusterName, outputs: {} }),
  },
  [taskDefinition]: {
    // A revision never changes: the real provider registers a new one for any difference.
    replaceOn: [
      "family",
      "cpu",
      "memory",
      "containerDefinitions",
      "executionRoleArn",
      "taskRoleArn",
      "runtimePlatform",
      "networkMode",
      "requiresCompatibilities",
    ],
    refuse: refuseTaskDefinition,
    create: ({ family }, { arn, unique }) => {
      const revision = parseInt(unique(4), 16);
      const arnWithoutRevision = arn("ecs", `task-definition/${family}`);
      return {
        id: `${arnWithoutRevision}:${revision}`,
        outputs: { arn: `${arnWithoutRevision}:${revision}`, arnWithoutRevision, revision },
      };
    },
  },
  [service]: {
    autoName: "name",
    replaceOn: ["name", "cluster"],
    async refuse(inputs, world, id) {
      const { name, cluster: clusterArn, loadBalancers = [], capacityProviderStrategies = [] } = inputs;
      if (!world.get(cluster, clusterArn)) throw new AwsError("ClusterNotFoundException", "Cluster not found.");
      if (!id && world.all(service).some((other) => other.inputs.name === name && other.inputs.cluster === clusterArn)) {
        throw new AwsError("InvalidParameterException", "Creation of service was not idempotent.");
      }
      const associated = world.find(capacityProviders, "clusterName", clusterArn.split("/").at(-1))?.inputs.capacityProviders ?? [];
      for (const { capacityProvider } of capacityProviderStrategies) {
        if (!associated.includes(capacityProvider)) {
          throw new AwsError("InvalidParameterException", `The specified capacity provider '${capacityProvider}' was not found.`);
        }
      }
      for (const { targetGroupArn } of loadBalancers) {
        const used = world
          .all("aws:lb/listenerRule:ListenerRule")
          .some((rule) => rule.inputs.actions.some((action: Properties) => action.targetGroupArn === targetGroupArn));
        if (!used) {
          throw new AwsError(
            "InvalidParameterException",
            `The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`,
          );
        }
      }
      await refuseTasks(inputs, world);
    },
    create: ({ name, cluster: clusterArn }, { arn }) => {
      const id = arn("ecs", `service/${clusterArn.split("/").at(-1)}/${name}`);
      return { id, outputs: { arn: id } };
    },
  },
};
