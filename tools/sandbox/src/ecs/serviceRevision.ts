import { now, revisionId } from "./identifiers";

/**
 * What of a service makes another revision of it, and so a deployment, where an update changes it.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export const revisionKeys = [
  "networkConfiguration",
  "platformVersion",
  "loadBalancers",
  "serviceRegistries",
  "serviceConnectConfiguration",
  "volumeConfigurations",
  "vpcLatticeConfigurations",
] as const;

/** What else a revision says. */
const otherKeys = ["launchType", "capacityProviderStrategy", "platformFamily"] as const;

/** A service as it was asked for at a time, and what its tasks made of it. */
export interface ServiceRevision {
  id: string;
  /** Of its entry in `deployments`, which comes back when ECS rolls back to it. */
  deploymentId: string;
  taskDefinition: string;
  settings: Record<string, unknown>;
  containerImages: { containerName: string; image: string; imageDigest?: string }[];
  createdAt: number;
  updatedAt: number;
  rolloutState: "IN_PROGRESS" | "COMPLETED" | "FAILED";
  rolloutStateReason: string;
  /** Of its tasks that failed in a row. */
  failedTasks: number;
}

/**
 * @param service as CreateService or UpdateService answered it
 * @param definition as DescribeTaskDefinition has it
 */
export function newRevision(service: Record<string, any>, definition: Record<string, any>, given: Record<string, any>): ServiceRevision {
  const deploymentId = `ecs-svc/${revisionId()}`;
  const deployed = (service.deployments?.[0] ?? {}) as Record<string, unknown>;
  const settings = [...revisionKeys, ...otherKeys].flatMap((key) => {
    const value = given[key] ?? service[key] ?? deployed[key];
    return value === undefined || value === null ? [] : [[key, value] as const];
  });
  return {
    id: revisionId(),
    deploymentId,
    taskDefinition: definition.taskDefinitionArn as string,
    settings: Object.fromEntries(settings),
    containerImages: (definition.containerDefinitions as { name: string; image: string }[]).map(({ name, image }) => ({
      containerName: name,
      image,
      imageDigest: image.split("@")[1],
    })),
    createdAt: now(),
    updatedAt: now(),
    rolloutState: "IN_PROGRESS",
    rolloutStateReason: `ECS deployment ${deploymentId} in progress.`,
    failedTasks: 0,
  };
}

/** Whether an update makes another revision of a service. */
export function makesRevision(current: ServiceRevision, taskDefinition: string, given: Record<string, any>): boolean {
  const isOther = (key: string) => given[key] !== undefined && canonical(given[key]) !== canonical(current.settings[key] ?? []);
  return given.forceNewDeployment === true || taskDefinition !== current.taskDefinition || revisionKeys.some(isOther);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => one.localeCompare(other)))
      : part,
  );
}
