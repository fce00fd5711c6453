import type { RevisionSettings } from "@fairlead/rollout";
import type * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";

/**
 * What ECS keeps in a revision of a service, and takes back with it, of the arguments of Pulumi's service, as ECS's API has it. A program that gives more than
 * is known here by a `transform` (EBS volumes, TLS of Service Connect) has that asked for by the service alone.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export function revisionSettings(args: ecs.ServiceArgs): pulumi.Output<RevisionSettings> {
  const { capacityProviderStrategies, networkConfiguration, serviceConnectConfiguration, loadBalancers } = args;
  const given = { capacityProviderStrategies, networkConfiguration, serviceConnectConfiguration, loadBalancers };
  return pulumi.output({ ...given, platformVersion: args.platformVersion, serviceRegistries: args.serviceRegistries }).apply((known) => ({
    ...(known.capacityProviderStrategies && { capacityProviderStrategy: known.capacityProviderStrategies }),
    ...(known.networkConfiguration && { networkConfiguration: { awsvpcConfiguration: addressesOf(known.networkConfiguration) } }),
    ...(known.serviceConnectConfiguration && { serviceConnectConfiguration: connectionsOf(known.serviceConnectConfiguration) }),
    ...(known.loadBalancers && { loadBalancers: known.loadBalancers }),
    ...(known.serviceRegistries && { serviceRegistries: [known.serviceRegistries] }),
    ...(known.platformVersion && { platformVersion: known.platformVersion }),
  }));
}

type Known<Key extends keyof ecs.ServiceArgs> = NonNullable<pulumi.Unwrap<ecs.ServiceArgs[Key]>>;

function addressesOf({ subnets, securityGroups, assignPublicIp }: Known<"networkConfiguration">) {
  const publicIp = assignPublicIp === undefined ? {} : { assignPublicIp: assignPublicIp ? ("ENABLED" as const) : ("DISABLED" as const) };
  return { subnets, ...(securityGroups && { securityGroups }), ...publicIp };
}

function connectionsOf({ enabled, namespace, logConfiguration, services }: Known<"serviceConnectConfiguration">) {
  return {
    enabled,
    ...(namespace && { namespace }),
    ...(logConfiguration && { logConfiguration: { ...logConfiguration, logDriver: logConfiguration.logDriver as "awslogs" } }),
    ...(services && {
      services: services.map(({ portName, discoveryName, clientAlias, ingressPortOverride, timeout }) => ({
        portName,
        ...(discoveryName && { discoveryName }),
        ...(clientAlias && { clientAliases: clientAlias.map(({ port, dnsName }) => ({ port, ...(dnsName && { dnsName }) })) }),
        ...(ingressPortOverride !== undefined && { ingressPortOverride }),
        ...(timeout && { timeout }),
      })),
    }),
  };
}
