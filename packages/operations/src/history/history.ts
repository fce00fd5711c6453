import type { ServiceDeploymentBrief, ServiceRevision } from "@aws-sdk/client-ecs";

import { eachOf } from "../asking/inBatches";
import { Sight } from "../asking/sight";
import type { Unseen } from "../aws/awsProblem";
import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import { AskedServices } from "../status/askedServices";
import { AskedSurroundings } from "../status/askedSurroundings";
import { builtFrom } from "../status/imageTag";
import type { RunningImage } from "../status/model";
import { imageDigestOf } from "../status/serviceStatus";
import { AuditTrail } from "./auditTrail";

/** A deployment of a service that was, or goes on. */
export interface PastDeployment {
  service: string;
  /** ARN of the service deployment. */
  arn: string;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601; undefined while it goes on. */
  finishedAt: string | undefined;
  /** As ECS says it: `SUCCESSFUL`, `ROLLBACK_SUCCESSFUL`… */
  status: string;
  reason: string | undefined;
  /** `family:revision` of what was to be brought out. */
  taskDefinition: string | undefined;
  image: RunningImage | undefined;
  /** Who asked for it, as CloudTrail names them; undefined where it doesn't, or may not be asked. */
  by: string | undefined;
}

/** Deployments of an environment, the newest first. */
export interface History {
  stack: string;
  deployments: PastDeployment[];
  unseen: Unseen[];
}

/**
 * Who deployed what, when, from which commit, with what outcome. ECS keeps deployments for 90 days.
 *
 * @param services of which
 * @param most deployments of each service
 */
export async function historyOf(
  { inAws, clients }: Pick<OperatedStack, "inAws" | "clients">,
  services: readonly ServiceInAws[],
  most: number,
): Promise<History> {
  const { stack, cluster } = inAws;
  const sight = new Sight(stack);
  if (cluster === undefined) return { stack, deployments: [], unseen: [] };
  const found = await deploymentsOf(cluster, services, most, { clients, sight });
  const asked = new AskedServices(cluster, clients, sight);
  const arns = [...new Set(found.flatMap(({ deployment }) => deployment.targetServiceRevisionArn ?? []))];
  const oldest = Math.min(...found.map(({ deployment }) => Number(deployment.createdAt)));
  const trail = new AuditTrail(clients, sight);
  const [revisions] = await Promise.all([asked.revisions(arns), found.length > 0 ? trail.read(new Date(oldest)) : undefined]);
  const revisionOf = ({ targetServiceRevisionArn }: ServiceDeploymentBrief) => revisions.get(targetServiceRevisionArn ?? "");
  const tags = await new AskedSurroundings(clients, sight).tagsOf(images(found, revisionOf));
  const deployments = found.map(({ service, deployment }): PastDeployment => {
    const revision = revisionOf(deployment);
    const digest = imageDigestOf(service, revision);
    return {
      service: service.name,
      arn: deployment.serviceDeploymentArn!,
      createdAt: deployment.createdAt!.toISOString(),
      finishedAt: deployment.finishedAt?.toISOString(),
      status: deployment.status ?? "",
      reason: deployment.statusReason,
      taskDefinition: revision?.taskDefinition?.split("/").at(-1),
      image: digest === undefined ? undefined : builtFrom(digest, tags.get(digest)),
      by: trail.whoAskedFor(cluster, service.serviceName, deployment.createdAt!),
    };
  });
  return { stack, deployments: deployments.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)), unseen: sight.unseen };
}

interface Found {
  service: ServiceInAws;
  deployment: ServiceDeploymentBrief;
}

async function deploymentsOf(
  cluster: string,
  services: readonly ServiceInAws[],
  most: number,
  { clients, sight }: { clients: OperatedStack["clients"]; sight: Sight },
): Promise<Found[]> {
  const { ListServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
  const ecs = await clients.ecs();
  const found = await eachOf(services, (service) =>
    sight.seeWhere("deployments", "ecs:ListServiceDeployments", none, async () => {
      const deployments: ServiceDeploymentBrief[] = [];
      let nextToken: string | undefined;
      do {
        const command = new ListServiceDeploymentsCommand({
          cluster,
          service: service.serviceName,
          nextToken,
          maxResults: Math.min(most, 100),
        });
        const page = await ecs.send(command);
        deployments.push(...(page.serviceDeployments ?? []));
        ({ nextToken } = page);
      } while (nextToken !== undefined && deployments.length < most);
      const newest = deployments.sort((a, b) => Number(b.createdAt) - Number(a.createdAt)).slice(0, most);
      return newest.map((deployment) => ({ service, deployment }));
    }),
  );
  return found.flatMap((each) => each ?? []);
}

/** What ECS says of a service that was never brought out. */
const none = ["ServiceNotFoundException", "ServiceNotActiveException", "ClusterNotFoundException"];

function images(found: readonly Found[], revisionOf: (deployment: ServiceDeploymentBrief) => ServiceRevision | undefined) {
  const all = found.flatMap(({ service, deployment }) => {
    const [digest, { repository }] = [imageDigestOf(service, revisionOf(deployment)), service];
    return digest === undefined || repository === undefined ? [] : [{ digest, repository }];
  });
  return [...new Map(all.map((image) => [image.digest, image])).values()];
}
