import {
  describeRevisions,
  describeService,
  hasEnded,
  newestDeployments,
  type Ecs,
  type Service,
  type ServiceDeployment,
  type ServiceName,
} from "./serviceDeployments";

/** What ECS made of the wish that a task definition serves. */
export type Asked =
  /** Its newest deployment. */
  | { deployment: ServiceDeployment; isNewest: boolean }
  /** ECS no longer lists the deployment by which it came to serve: it keeps them for 90 days. */
  | { serves: true };

/** The newest deployment of a task definition, as ECS lists it now; undefined where it lists none. */
export async function askedDeployment(ecs: Ecs, name: ServiceName, taskDefinition: string): Promise<Asked | "listedLater" | undefined> {
  const service = await describeService(ecs, name);
  const deployments = await newestDeployments(ecs, name, service?.currentServiceDeployment);
  const revisions = await describeRevisions(ecs, [
    ...new Set(deployments.flatMap(({ targetServiceRevision }) => targetServiceRevision?.arn ?? [])),
  ]);
  const revisionOf = ({ targetServiceRevision }: ServiceDeployment) => revisions.get(targetServiceRevision?.arn ?? "");
  const index = deployments.findIndex((deployment) => isNamed(revisionOf(deployment)?.taskDefinition, taskDefinition));
  const primary = service?.deployments?.find(({ status }) => status === "PRIMARY");
  const isPrimary = isNamed(primary?.taskDefinition, taskDefinition);
  const deployment = deployments[index];
  // A deployment is listed a little later than the service shows it, where the service does not name it itself.
  if (isPrimary && isUnderWay(service!) && (!deployment || hasEnded(deployment))) return "listedLater";
  if (deployment) return { deployment, isNewest: index === 0 };
  return isPrimary && primary?.rolloutState === "COMPLETED" ? { serves: true } : undefined;
}

function isUnderWay({ deployments = [] }: Service): boolean {
  return deployments.some(({ status, rolloutState }) => status === "PRIMARY" && rolloutState === "IN_PROGRESS");
}

/** The task definition that ECS has in front, where it is another one: somebody went back by hand, or deployed by other means. */
export function otherInFront({ deployments = [] }: Service, taskDefinition: string): string | undefined {
  const primary = deployments.find(({ status }) => status === "PRIMARY")?.taskDefinition;
  return primary === undefined || isNamed(primary, taskDefinition) ? undefined : primary;
}

/** Whether an ARN is that of a task definition which may be named by its family and revision alone. */
function isNamed(arn: string | undefined, taskDefinition: string): boolean {
  return arn === taskDefinition || arn?.split("/").at(-1) === taskDefinition;
}
