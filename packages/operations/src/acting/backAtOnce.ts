import type { ServiceDeployment } from "@aws-sdk/client-ecs";
import { UserError } from "@fairlead/model";

import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import type { Intention } from "./intention";
import type { RollbackTarget } from "./rollbackTarget";
import { deploymentUnderWay, describedDeployment, isTakenBack } from "./underWay";

type Stack = Pick<OperatedStack, "inAws" | "clients">;

/** What ECS says where a deployment ended before it could be stopped. */
const hasEnded = ["ConflictException", "ServiceDeploymentNotFoundException"];

/**
 * Lets ECS take the deployment back that is under way, to the revision that it has come from, with all that a revision has.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision-property.html
 */
export function takeBack(stack: Stack, service: ServiceInAws, target: RollbackTarget, underWay: ServiceDeployment): Intention {
  const { name } = service;
  if (isTakenBack(underWay)) {
    return {
      says: [`${name}: ECS takes the deployment that is under way back already: ${textOf(target)} serves again.`],
      carryOut: () => Promise.resolve([]),
    };
  }
  return {
    says: [
      `${name}: the deployment that is under way is taken back, now: ${textOf(target)} serves again, with the network, load balancer and capacity of then.`,
    ],
    carryOut: async () => {
      const { StopServiceDeploymentCommand } = await import("@aws-sdk/client-ecs");
      const { serviceDeploymentArn } = underWay;
      const ecs = await stack.clients.ecs();
      try {
        await ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: "ROLLBACK" }));
        return [`ECS takes the deployment of ${name} back.`];
      } catch (error) {
        if (!hasEnded.includes((error as Error).name)) throw error;
        return afterItsEnd(stack, service, target, { arn: serviceDeploymentArn!, error });
      }
    },
  };
}

/** A deployment may end while somebody reads what is about to happen. */
async function afterItsEnd(
  stack: Stack,
  service: ServiceInAws,
  target: RollbackTarget,
  { arn, error }: { arn: string; error: unknown },
): Promise<string[]> {
  const { name } = service;
  const { clients, inAws } = stack;
  const [deployment, underWay] = await Promise.all([describedDeployment(clients, arn), deploymentUnderWay(clients, service)]);
  const end = deployment?.status ?? "ECS knows it no more";
  if (deployment && isTakenBack(deployment)) return [`ECS took the deployment of ${name} back by itself (${end}).`];
  if (underWay?.serviceDeploymentArn === arn || target.taskDefinitionArn === undefined) throw error;
  if (underWay) {
    throw new UserError(
      `The deployment of ${name} ended (${end}), and another began meanwhile: nothing was changed. Look again: \`fairlead rollback ${name} -s ${inAws.stack}\`.`,
    );
  }
  return [`The deployment of ${name} had ended before it could be taken back (${end}).`, ...(await deploy(stack, service, target))];
}

/** Lets ECS deploy a task definition again, in the way of the service's deployments. */
export function deployAgain(stack: Stack, service: ServiceInAws, target: RollbackTarget, underWay?: ServiceDeployment): Intention {
  return {
    says: [
      `${service.name}: ECS deploys ${definitionOf(target)} again, now: ${textOf(target)}, with the size, variables, secrets and roles of then. ` +
        `Network, load balancer, number of tasks and strategy stay.${underWay ? " The deployment that is under way ends." : ""}`,
    ],
    carryOut: () => deploy(stack, service, target),
  };
}

async function deploy({ clients, inAws }: Stack, { name, cluster, serviceName }: ServiceInAws, target: RollbackTarget): Promise<string[]> {
  const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
  const taskDefinition = target.taskDefinitionArn;
  await (await clients.ecs()).send(new UpdateServiceCommand({ cluster, service: serviceName, taskDefinition, forceNewDeployment: true }));
  return [`ECS deploys ${definitionOf(target)} of ${name}. \`fairlead status -s ${inAws.stack} --watch\` shows how it goes on.`];
}

const definitionOf = ({ taskDefinitionArn = "" }: RollbackTarget) => taskDefinitionArn.split("/").at(-1)!;

const textOf = ({ image }: RollbackTarget) => (image.commit === undefined ? image.tag! : `${image.version} (${image.commit})`);
