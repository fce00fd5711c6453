import { asList, isMap } from "@fairlead/model";

import type { DeployedResource } from "../deployed/deployed";
import type { OpenValues } from "../deployed/openValues";
import { apiForm, vpcConfiguration } from "./apiForm";

/** Arguments of Pulumi's that are about how it deploys, and no part of a service. */
export const ofPulumiAlone = ["forceDelete", "forceNewDeployment", "region", "sigintRollback", "triggers", "waitForSteadyState"];

/**
 * A service as `aws ecs create-service --cli-input-json` takes it.
 *
 * @param family whose latest revision it runs
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
 */
export function createService(service: DeployedResource, family: string, values: OpenValues): Record<string, unknown> {
  const { taskDefinition: _taskDefinition, cluster, ...inputs } = service.inputs;
  const {
    alarms,
    deploymentCircuitBreaker,
    deploymentConfiguration,
    deploymentMaximumPercent,
    deploymentMinimumHealthyPercent,
    iamRole,
    name,
    networkConfiguration,
    serviceRegistries,
    ...others
  } = values.plain(inputs, service.name) as Record<string, unknown>;
  const rest = Object.fromEntries(Object.entries(others).filter(([key]) => !key.startsWith("__") && !ofPulumiAlone.includes(key)));
  const deployment = {
    ...(deploymentCircuitBreaker !== undefined && { deploymentCircuitBreaker }),
    ...(deploymentMaximumPercent !== undefined && { maximumPercent: deploymentMaximumPercent }),
    ...(deploymentMinimumHealthyPercent !== undefined && { minimumHealthyPercent: deploymentMinimumHealthyPercent }),
    ...(alarms !== undefined && { alarms }),
    ...(isMap(deploymentConfiguration) && (apiForm(deploymentConfiguration) as object)),
  };
  return {
    serviceName: name ?? service.outputs.name ?? service.name,
    ...(cluster !== undefined && { cluster: values.cluster(cluster, service.name) }),
    taskDefinition: family,
    ...(apiForm(rest) as Record<string, unknown>),
    ...(Object.keys(deployment).length > 0 && { deploymentConfiguration: deployment }),
    ...(iamRole !== undefined && { role: iamRole }),
    ...(isMap(networkConfiguration) && { networkConfiguration: vpcConfiguration(networkConfiguration) }),
    ...(serviceRegistries !== undefined && { serviceRegistries: asList(serviceRegistries).map(apiForm) }),
  };
}
