import type { UpdateServiceCommandInput } from "@aws-sdk/client-ecs";

import { describeService, type Ecs, type Service, type ServiceName } from "./serviceDeployments";

/** What a revision has besides its task definition, so far as it can be asked for. */
export type RevisionSettings = Pick<
  UpdateServiceCommandInput,
  | "capacityProviderStrategy"
  | "networkConfiguration"
  | "serviceConnectConfiguration"
  | "loadBalancers"
  | "serviceRegistries"
  | "platformVersion"
>;

/** ECS did not take it. */
export class AskingRefused extends Error {}

/**
 * Asks ECS once more for a revision that it took back. After a rollback the service is what it was before in all that a revision holds, not only in its task
 * definition, while the engine's state has what was asked for: nobody else would ask again. What is asked for is what the program says now, which may be more
 * than what was taken back.
 *
 * @throws AskingRefused
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 */
export async function askAgain(ecs: Ecs, name: ServiceName, taskDefinition: string, settings: RevisionSettings = {}): Promise<void> {
  const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
  const service = await describeService(ecs, name);
  // Which of its two target groups gets the traffic is for ECS to say, unless they are others.
  const hasGroups = groupsOf(settings) === groupsOf(service);
  const input: UpdateServiceCommandInput = {
    cluster: name.clusterArn,
    service: name.serviceName,
    taskDefinition,
    forceNewDeployment: true,
    ...settings,
    ...(hasGroups && { loadBalancers: undefined }),
  };
  await ecs.send(new UpdateServiceCommand(input)).catch((error: unknown) => {
    throw new AskingRefused(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  });
}

/** The target groups, whichever of two is in front. */
function groupsOf({ loadBalancers = [] }: Pick<RevisionSettings | Service, "loadBalancers"> = {}): string {
  return loadBalancers
    .map(({ containerName, containerPort, targetGroupArn, advancedConfiguration }) =>
      [containerName, containerPort, ...[targetGroupArn, advancedConfiguration?.alternateTargetGroupArn].sort()].join(" "),
    )
    .sort()
    .join();
}
