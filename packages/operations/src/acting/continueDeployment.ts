import { UserError } from "@fairlead/model";

import { describedService } from "../addresses/describedService";
import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import type { Intention } from "./intention";
import { deploymentUnderWay } from "./underWay";

/**
 * Lets a deployment go on that waits at a hook of type `PAUSE` for somebody's word, or takes it back.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContinueServiceDeployment.html
 * @throws UserError where none waits, or the service is not there
 */
export async function continueDeployment(
  { inAws, clients }: Pick<OperatedStack, "inAws" | "clients">,
  planned: ServiceInAws,
  action: "CONTINUE" | "ROLLBACK" = "CONTINUE",
): Promise<Intention> {
  const { name } = planned;
  const deployment = await deploymentUnderWay(clients, planned);
  if (!deployment) {
    await describedService(inAws.stack, clients, planned);
    throw new UserError(`No deployment of ${name} is under way.`);
  }
  const waiting = (deployment.lifecycleHookDetails ?? []).filter(
    ({ status, hookId }) => status === "AWAITING_ACTION" && hookId !== undefined,
  );
  const { status, lifecycleStage, serviceDeploymentArn } = deployment;
  if (waiting.length === 0) {
    const where = lifecycleStage === undefined ? "" : `, at ${lifecycleStage}`;
    throw new UserError(`The deployment of ${name} waits for nobody: it is ${status}${where}.`);
  }
  const [{ hookId, expiresAt, timeoutAction }] = waiting as [(typeof waiting)[number]];
  const otherwise = expiresAt ? ` Without a word ECS does ${timeoutAction ?? "ROLLBACK"} at ${expiresAt.toISOString()}.` : "";
  return {
    says: [
      action === "CONTINUE"
        ? `${name}: its deployment goes on from ${lifecycleStage}.${otherwise}`
        : `${name}: its deployment, which waits at ${lifecycleStage}, is taken back: what served before serves again.`,
    ],
    carryOut: async () => {
      const { ContinueServiceDeploymentCommand } = await import("@aws-sdk/client-ecs");
      await (await clients.ecs()).send(new ContinueServiceDeploymentCommand({ serviceDeploymentArn, hookId, action }));
      return [action === "CONTINUE" ? `The deployment of ${name} goes on.` : `ECS takes the deployment of ${name} back.`];
    },
  };
}
