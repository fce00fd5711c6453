import type {
  DescribeServiceDeploymentsCommandOutput,
  DescribeServiceRevisionsCommandOutput,
  DescribeServicesCommandOutput,
  ECSClient,
  ServiceDeploymentStatus,
} from "@aws-sdk/client-ecs";

export type Service = NonNullable<DescribeServicesCommandOutput["services"]>[number];
export type ServiceDeployment = NonNullable<DescribeServiceDeploymentsCommandOutput["serviceDeployments"]>[number];
export type ServiceRevision = NonNullable<DescribeServiceRevisionsCommandOutput["serviceRevisions"]>[number];
export type Ecs = Pick<ECSClient, "send">;

/** The service whose deployments are meant. */
export interface ServiceName {
  /** Name or ARN. */
  clusterArn: string;
  serviceName: string;
}

/** Where no more happens. */
const ended: readonly (ServiceDeploymentStatus | undefined)[] = ["SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"];

export const hasEnded = ({ status }: ServiceDeployment) => ended.includes(status);

/** Whether ECS gives it up, or has. */
export function isGivenUp({ status = "PENDING" }: ServiceDeployment): boolean {
  return status.startsWith("ROLLBACK") || status.startsWith("STOP");
}

/**
 * A service's 20 newest deployments, the newest first: as many as can be described at once. ECS keeps them for 90 days.
 *
 * @param current ARN of one that the service itself names: it may not be listed yet
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
 */
export async function newestDeployments(
  ecs: Ecs,
  { clusterArn, serviceName }: ServiceName,
  current?: string,
): Promise<ServiceDeployment[]> {
  const { DescribeServiceDeploymentsCommand, ListServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
  const { serviceDeployments: listed = [] } = await ecs.send(
    new ListServiceDeploymentsCommand({ cluster: clusterArn, service: serviceName, maxResults: 20 }),
  );
  const known = [current, ...listed.map(({ serviceDeploymentArn }) => serviceDeploymentArn)].filter((arn) => arn !== undefined);
  const serviceDeploymentArns = [...new Set(known)].slice(0, 20);
  if (serviceDeploymentArns.length === 0) return [];
  const { serviceDeployments = [] } = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns }));
  const time = ({ createdAt }: ServiceDeployment) => createdAt?.getTime() ?? 0;
  return [...serviceDeployments].sort((one, other) => time(other) - time(one));
}

export async function describeDeployment(ecs: Ecs, arn: string): Promise<ServiceDeployment | undefined> {
  const { DescribeServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
  return (await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }))).serviceDeployments?.[0];
}

/** Revisions by their ARN; at most 20 at once. */
export async function describeRevisions(ecs: Ecs, arns: readonly string[]): Promise<Map<string, ServiceRevision>> {
  if (arns.length === 0) return new Map();
  const { DescribeServiceRevisionsCommand } = await import("@aws-sdk/client-ecs");
  const { serviceRevisions = [] } = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns: [...arns] }));
  return new Map(serviceRevisions.map((revision) => [revision.serviceRevisionArn!, revision]));
}

/** The service is not there, or is being deleted: nothing of it goes on. */
export class ServiceGone extends Error {
  override readonly name = "ServiceGone";
}

const absences = new Set(["ServiceNotFoundException", "ServiceNotActiveException", "ClusterNotFoundException"]);

/** Whether an error says that the service, or its cluster, is not there. */
export const saysGone = (error: unknown) => error instanceof ServiceGone || (error instanceof Error && absences.has(error.name));

/** @throws ServiceGone */
export async function insistOnService(ecs: Ecs, name: ServiceName): Promise<void> {
  const service = await describeService(ecs, name);
  if (!service) throw new ServiceGone(`there is no service ${name.serviceName} in ${name.clusterArn}`);
  if (service.status === "DRAINING") throw new ServiceGone(`service ${name.serviceName} in ${name.clusterArn} is being deleted`);
}

/** The service itself; undefined where there is none, or it was deleted. */
export async function describeService(ecs: Ecs, { clusterArn, serviceName }: ServiceName): Promise<Service | undefined> {
  const { DescribeServicesCommand } = await import("@aws-sdk/client-ecs");
  const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster: clusterArn, services: [serviceName] }));
  return services.find(({ status }) => status !== "INACTIVE");
}
