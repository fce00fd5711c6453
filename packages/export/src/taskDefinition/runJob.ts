import { isMap } from "@fairlead/model";

import type { DeployedResource } from "../deployed/deployed";
import type { OpenValues } from "../deployed/openValues";
import { keysAndValues, vpcConfiguration } from "./apiForm";

type Values = Record<string, unknown>;

/**
 * A job that `up` runs, as `aws ecs run-task --cli-input-json` takes it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export function runTask(run: DeployedResource, family: string, values: OpenValues): Values {
  const { taskDefinitionArn: _taskDefinitionArn, clusterArn, ...inputs } = run.inputs;
  const { capacityProviderStrategy, subnetIds, securityGroupIds, assignPublicIp } = values.plain(inputs, run.name) as Values;
  return {
    cluster: values.cluster(clusterArn, run.name),
    taskDefinition: family,
    count: 1,
    ...(capacityProviderStrategy !== undefined && { capacityProviderStrategy }),
    networkConfiguration: vpcConfiguration({ subnets: subnetIds, securityGroups: securityGroupIds, assignPublicIp }),
  };
}

/**
 * A scheduled job, as `aws scheduler create-schedule --cli-input-json` takes it. Its API has capital letters, but for the VPC configuration, which is ECS's.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export function createSchedule(schedule: DeployedResource, values: OpenValues): Values {
  const { region: _region, namePrefix: _namePrefix, name, target, ...others } = values.plain(schedule.inputs, schedule.name) as Values;
  const rest = Object.fromEntries(Object.entries(others).filter(([key]) => !key.startsWith("__")));
  const { ecsParameters, ...ofTarget } = isMap(target) ? target : {};
  return {
    Name: name ?? schedule.outputs.name ?? schedule.name,
    ...(capitals(rest) as Values),
    Target: { ...(capitals(ofTarget) as Values), ...(isMap(ecsParameters) && { EcsParameters: ecs(ecsParameters) }) },
  };
}

/**
 * What runs the tasks of a scheduled job with retries or a timeout, as `aws stepfunctions create-state-machine --cli-input-json` takes it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
 */
export function createStateMachine(machine: DeployedResource, values: OpenValues): Values {
  const { name, definition, roleArn, type = "STANDARD" } = values.plain(machine.inputs, machine.name) as Values;
  return { name: name ?? machine.outputs.name ?? machine.name, definition, roleArn, type };
}

function ecs({ networkConfiguration, tags, enableEcsManagedTags, ...others }: Values): Values {
  const { capacityProviderStrategies, placementConstraints, placementStrategies, ...rest } = others;
  return {
    ...(capitals(rest) as Values),
    ...(enableEcsManagedTags !== undefined && { EnableECSManagedTags: enableEcsManagedTags }),
    // These three have items with ECS's own small letters.
    ...(capacityProviderStrategies !== undefined && { CapacityProviderStrategy: capacityProviderStrategies }),
    ...(placementConstraints !== undefined && { PlacementConstraints: placementConstraints }),
    ...(placementStrategies !== undefined && { PlacementStrategy: placementStrategies }),
    ...(isMap(networkConfiguration) && { NetworkConfiguration: vpc(vpcConfiguration(networkConfiguration)) }),
    // Its documentation calls them maps of names; what reaches RunTask is its own form, as the AWS provider of Terraform, and so Pulumi's, writes it.
    ...(isMap(tags) && { Tags: keysAndValues(tags) }),
  };
}

const vpc = ({ awsvpcConfiguration }: Values) => ({ awsvpcConfiguration: capitals(awsvpcConfiguration) });

function capitals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitals);
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [`${key[0]!.toUpperCase()}${key.slice(1)}`, capitals(item)]));
}
