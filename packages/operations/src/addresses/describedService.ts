import type { Service } from "@aws-sdk/client-ecs";
import { UserError } from "@fairlead/model";

import type { StackClients } from "../aws/stackClients";
import type { ServiceInAws } from "../stack/serviceInAws";

/**
 * What ECS says of a service.
 *
 * @throws UserError where it is not there
 */
export async function describedService(
  stack: string,
  clients: StackClients,
  { name, cluster, serviceName }: Pick<ServiceInAws, "name" | "cluster" | "serviceName">,
): Promise<Service> {
  const { DescribeServicesCommand } = await import("@aws-sdk/client-ecs");
  const { services = [] } = await (
    await clients.ecs()
  )
    .send(new DescribeServicesCommand({ cluster, services: [serviceName] }))
    .catch((error: Error) => {
      if (error.name === "ClusterNotFoundException") return { services: [] as Service[] };
      throw error;
    });
  const [service] = services.filter(({ status }) => status !== "INACTIVE");
  if (service) return service;
  throw new UserError(`${name} is not there: \`pulumi up -s ${stack}\` brings it out.`);
}
