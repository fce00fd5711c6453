import type { ServiceDeployment } from "@aws-sdk/client-ecs";

import type { StackClients } from "../aws/stackClients";
import type { ServiceInAws } from "../stack/serviceInAws";

/** The deployment of a service that has not ended; undefined where there is none. */
export async function deploymentUnderWay(
  clients: StackClients,
  { cluster, serviceName }: Pick<ServiceInAws, "cluster" | "serviceName">,
): Promise<ServiceDeployment | undefined> {
  const { ListServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
  const ecs = await clients.ecs();
  const { serviceDeployments = [] } = await ecs
    .send(
      new ListServiceDeploymentsCommand({
        cluster,
        service: serviceName,
        status: ["PENDING", "IN_PROGRESS", "STOP_REQUESTED", "ROLLBACK_REQUESTED", "ROLLBACK_IN_PROGRESS"],
      }),
    )
    .catch((error: Error) => {
      if (/^(Service|Cluster)Not(Found|Active)Exception$/.test(error.name)) return { serviceDeployments: [] };
      throw error;
    });
  const arn = serviceDeployments[0]?.serviceDeploymentArn;
  return arn === undefined ? undefined : describedDeployment(clients, arn);
}

/** A deployment as ECS has it now; undefined where it knows it no more. */
export async function describedDeployment(clients: StackClients, arn: string): Promise<ServiceDeployment | undefined> {
  const { DescribeServiceDeploymentsCommand } = await import("@aws-sdk/client-ecs");
  const ecs = await clients.ecs();
  const { serviceDeployments = [] } = await ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn] }));
  return serviceDeployments[0];
}

/** Whether ECS takes a deployment back, or has done so. */
export function isTakenBack({ status }: Pick<ServiceDeployment, "status">): boolean {
  return status?.startsWith("ROLLBACK_") === true && status !== "ROLLBACK_FAILED";
}
