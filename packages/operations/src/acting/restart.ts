import { UserError } from "@fairlead/model";

import { describedService } from "../addresses/describedService";
import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import type { Intention } from "./intention";
import { deploymentUnderWay } from "./underWay";

/**
 * Starts a service's tasks anew, with the same task definition, in the way of its deployments: what `up` would not do, since nothing changed.
 *
 * @throws UserError where it is not there, is asleep, or a deployment is under way that this would end
 */
export async function restart({ inAws, clients }: Pick<OperatedStack, "inAws" | "clients">, planned: ServiceInAws): Promise<Intention> {
  const { name, cluster, serviceName } = planned;
  const [service, underWay] = await Promise.all([describedService(inAws.stack, clients, planned), deploymentUnderWay(clients, planned)]);
  if (underWay) throw new UserError(`A deployment of ${name} is under way (${underWay.status}), which a restart would end: wait for it.`);
  const tasks = service.desiredCount ?? 0;
  if (tasks === 0) throw new UserError(`${name} has no tasks to start anew: its desired count is 0.`);
  const definition = service.taskDefinition?.split("/").at(-1);
  const strategy = service.deploymentConfiguration?.strategy ?? "ROLLING";
  return {
    says: [
      `${name}: ${tasks} new ${tasks === 1 ? "task" : "tasks"} of ${definition} ${tasks === 1 ? "takes the place of the one that runs" : "take the places of those that run"} (${strategy}).`,
    ],
    carryOut: async () => {
      const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
      await (await clients.ecs()).send(new UpdateServiceCommand({ cluster, service: serviceName, forceNewDeployment: true }));
      return [`ECS starts the tasks of ${name} anew.`];
    },
  };
}
