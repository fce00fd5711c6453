import type { UpdateServiceCommandInput } from "@aws-sdk/client-ecs";

import { describeService, type Ecs, type Service, type ServiceName, type ServiceRevision } from "./serviceDeployments";

/**
 * Asks ECS once more for a revision that it took back. After a rollback the service is what it was before in all that a revision holds, not only in its task
 * definition, while the engine's state has what was asked for: nobody else would ask again.
 *
 * @param revision what was asked for; undefined where ECS no longer knows it, so that the task definition alone is asked for
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 */
export async function askAgain(ecs: Ecs, name: ServiceName, taskDefinition: string, revision?: ServiceRevision): Promise<void> {
  const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
  const input: UpdateServiceCommandInput = {
    cluster: name.clusterArn,
    service: name.serviceName,
    taskDefinition,
    forceNewDeployment: true,
    ...(revision && settingsOf(revision, await describeService(ecs, name))),
  };
  await ecs.send(new UpdateServiceCommand(input));
}

function settingsOf(revision: ServiceRevision, service?: Service): Partial<UpdateServiceCommandInput> {
  const { capacityProviderStrategy, platformVersion, networkConfiguration, serviceConnectConfiguration } = revision;
  return {
    capacityProviderStrategy: capacityProviderStrategy?.length ? capacityProviderStrategy : undefined,
    platformVersion,
    networkConfiguration,
    serviceConnectConfiguration,
    serviceRegistries: revision.serviceRegistries,
    volumeConfigurations: revision.volumeConfigurations,
    // Which of its two target groups gets the traffic is for ECS to say, unless they are others.
    loadBalancers: groupsOf(revision) === groupsOf(service) ? undefined : revision.loadBalancers,
  };
}

/** The target groups, whichever of two is in front. */
function groupsOf({ loadBalancers = [] }: Pick<ServiceRevision | Service, "loadBalancers"> = {}): string {
  return loadBalancers
    .map(({ containerName, containerPort, targetGroupArn, advancedConfiguration }) =>
      [containerName, containerPort, ...[targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].sort()].join(" "),
    )
    .sort()
    .join();
}
