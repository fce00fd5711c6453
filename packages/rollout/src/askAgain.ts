import type { UpdateServiceCommandInput } from "@aws-sdk/client-ecs";
import { awsErrorKind } from "@fairlead/model";

import { describeService, saysGone, type Ecs, type Service, type ServiceName } from "./serviceDeployments";

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

/** ECS did not take it, for what was asked: asking alike again is of no use. */
export class AskingRefused extends Error {}

/**
 * Asks ECS once more for a revision that it took back. After a rollback the service is what it was before in all that a revision holds, not only in its task
 * definition, while the engine's state has what was asked for: nobody else would ask again. What is asked for is what the program says now, which may be more
 * than what was taken back, or less: what the service has and the program doesn't is taken away.
 *
 * @param settings what the program says; the service keeps its own where nobody says anything
 * @throws AskingRefused
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html
 */
export async function askAgain(ecs: Ecs, name: ServiceName, taskDefinition: string, settings?: RevisionSettings): Promise<void> {
  const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
  const service = await describeService(ecs, name);
  // Which of its two target groups gets the traffic is for ECS to say, unless they are others.
  const hasGroups = groupsOf(settings) === groupsOf(service);
  const input: UpdateServiceCommandInput = {
    cluster: name.clusterArn,
    service: name.serviceName,
    taskDefinition,
    forceNewDeployment: true,
    ...(settings && service && withoutSettings(service)),
    ...settings,
    ...(hasGroups && { loadBalancers: undefined }),
  };
  await ecs.send(new UpdateServiceCommand(input)).catch((error: unknown) => {
    throw isRefusal(error) ? new AskingRefused(`${error.name}: ${error.message}`) : error;
  });
}

/** What takes away of a service that which not every service has: ECS keeps what is not mentioned. */
function withoutSettings({ loadBalancers = [], serviceRegistries = [], deployments = [], platformVersion }: Service): RevisionSettings {
  const isConnected = deployments.some(
    ({ status, serviceConnectConfiguration }) => status === "PRIMARY" && serviceConnectConfiguration?.enabled,
  );
  return {
    ...(loadBalancers.length > 0 && { loadBalancers: [] }),
    ...(serviceRegistries.length > 0 && { serviceRegistries: [] }),
    ...(isConnected && { serviceConnectConfiguration: { enabled: false } }),
    ...(platformVersion && platformVersion !== "LATEST" && { platformVersion: "LATEST" }),
  };
}

/** Whether ECS doesn't want what was asked, and not whoever asks: a session may have ended, and AWS be busy. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error) || saysGone(error)) return false;
  const { $fault } = error as { $fault?: string };
  return $fault === "client" && !["throttled", "credentials"].includes(awsErrorKind(error.name));
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
