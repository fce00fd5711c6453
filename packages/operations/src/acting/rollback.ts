import { relative } from "node:path";
import { shortDigest, UserError } from "@fairlead/model";

import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import { nothing, type Intention } from "./intention";
import { pinFile, writePin } from "./pins";
import { RollbackTargets, type RollbackTarget } from "./rollbackTarget";
import { deploymentUnderWay } from "./underWay";

/** What is rolled back to, and how. */
export interface RollbackOptions {
  /** Tag or digest of an image. The one before by default. */
  to?: string;
  /** Whether ECS is left as it is: then the next `up` brings it out. */
  pinOnly?: boolean;
}

type Stack = Pick<OperatedStack, "inAws" | "clients"> & { project: Pick<OperatedStack["project"], "root" | "configFolder" | "name"> };

/**
 * Takes a service back to an earlier image, without a build. At once, by ECS: the deployment that is under way is taken back, or the earlier task definition is
 * deployed. And to stay: the image is pinned in the stack's configuration, so that the next `up` brings out that image with the settings of the sources, and the
 * code, Pulumi's state and AWS agree.
 *
 * @throws UserError where there is nothing to go back to
 */
export async function rollback(stack: Stack, service: ServiceInAws, { to, pinOnly = false }: RollbackOptions = {}): Promise<Intention> {
  const { inAws, clients, project } = stack;
  const { name } = service;
  if (service.pinnedImage !== undefined && to === undefined) {
    throw new UserError(
      `${name} was rolled back already, and is pinned to ${service.imageTag}: name the image that you mean, --to <tag or digest>.`,
    );
  }
  const underWay = await deploymentUnderWay(clients, service);
  const targets = new RollbackTargets(stack, service);
  const target = to === undefined ? await targets.previous(underWay) : await targets.named(to);
  const { tag, digest } = target.image;
  if (tag === undefined)
    throw new UserError(`${shortDigest(digest)} has no tag that says what it was built from: ${name} can't be pinned to it.`);
  const now = pinOnly
    ? undefined
    : await atOnce(stack, service, target, underWay && { arn: underWay.serviceDeploymentArn!, back: to === undefined });
  if (target.hasSameImage) return settingsAlone(stack, name, now);
  const file = relative(project.root, pinFile(project, inAws.stack));
  const isPinned = service.pinnedImage === digest;
  if (isPinned && !now) return nothing(`${name} runs ${tag} and is pinned to it.`);
  const pinSays = `${file} pins ${name} to ${tag} (${shortDigest(digest)}): \`pulumi up -s ${inAws.stack}\` keeps it, until \`fairlead rollback ${name} --release\`.`;
  const without =
    pinOnly || target.taskDefinitionArn !== undefined
      ? []
      : [`ECS remembers no deployment of ${tag} that ended well: only \`pulumi up\` can bring it out.`];
  return {
    says: [...(now?.says ?? []), ...without, ...(isPinned ? [] : [pinSays])],
    carryOut: async () => {
      // First what ends the incident.
      const done = now ? await now.carryOut() : [];
      if (!isPinned) writePin(project, inAws.stack, name, { tag, digest });
      return [...done, ...(isPinned ? [] : [`Commit ${file}. \`pulumi up -s ${inAws.stack}\` then makes Pulumi's state agree.`])];
    },
  };
}

/** A pin would bring the settings back that the rollback is from. */
function settingsAlone({ inAws }: Stack, name: string, now: Intention | undefined): Intention {
  const why = `The image of ${name} is the same: what differs are its settings. Revert the commit that changed them, or the next \`pulumi up -s ${inAws.stack}\` brings them again.`;
  return now ? { says: [...now.says, why], carryOut: now.carryOut } : nothing(why);
}

/** What ECS is asked at once; nothing where the target serves, or ECS takes the other back already. */
async function atOnce(
  { clients }: Stack,
  { name, cluster, serviceName }: ServiceInAws,
  { image, taskDefinitionArn, serves }: RollbackTarget,
  underWay: { arn: string; back: boolean } | undefined,
): Promise<Intention | undefined> {
  const ecs = await clients.ecs();
  const to = image.commit === undefined ? image.tag : `${image.version} (${image.commit})`;
  if (underWay?.back) {
    return {
      says: [`${name}: the deployment that is under way is taken back, now: ${to} serves again.`],
      carryOut: async () => {
        const { StopServiceDeploymentCommand } = await import("@aws-sdk/client-ecs");
        await ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: underWay.arn, stopType: "ROLLBACK" }));
        return [`ECS takes the deployment of ${name} back.`];
      },
    };
  }
  if (serves || taskDefinitionArn === undefined) return undefined;
  const definition = taskDefinitionArn.split("/").at(-1);
  return {
    says: [
      `${name}: ECS deploys ${definition} again, now: ${to}, with the settings that it had.${underWay ? " The deployment that is under way ends." : ""}`,
    ],
    carryOut: async () => {
      const { UpdateServiceCommand } = await import("@aws-sdk/client-ecs");
      await ecs.send(
        new UpdateServiceCommand({ cluster, service: serviceName, taskDefinition: taskDefinitionArn, forceNewDeployment: true }),
      );
      return [`ECS deploys ${definition} of ${name}. \`fairlead status --watch\` shows how it goes on.`];
    },
  };
}

/**
 * Ends a pin: the next `up` brings out what the sources, or promotions, say. It needs no plan, so that a pin of a service that is gone can be ended.
 *
 * @param project the stack's, with its configuration
 */
export function releasePin(
  project: Pick<OperatedStack["project"], "root" | "configFolder" | "name" | "config">,
  stack: string,
  service: string,
): Intention {
  const pins = JSON.parse(project.config[`${project.name}:pinnedImages`] ?? "{}") as Record<string, unknown>;
  if (!Object.hasOwn(pins, service)) return nothing(`${service} is not pinned.`);
  const file = relative(project.root, pinFile(project, stack));
  return {
    says: [`${file} pins ${service} no more: the next \`pulumi up -s ${stack}\` brings out what its sources say.`],
    carryOut: () => {
      writePin(project, stack, service, undefined);
      return Promise.resolve([`Commit ${file}.`]);
    },
  };
}
