import { relative } from "node:path";
import { shortDigest, UserError } from "@fairlead/model";

import { describedService } from "../addresses/describedService";
import type { OperatedStack } from "../operatedStack";
import type { ServiceInAws } from "../stack/serviceInAws";
import { deployAgain, takeBack } from "./backAtOnce";
import { nothing, type Intention } from "./intention";
import { pinFile, PinEdit } from "./pins";
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
 * Takes a service back to an earlier image, without a build. At once, by ECS: the deployment that is under way is taken back, to the revision that ECS itself goes
 * back to, or the earlier task definition is deployed. And to stay: the image is pinned in the stack's configuration, so that the next `up` brings out that image
 * with the settings of the sources, and the code, Pulumi's state and AWS agree.
 *
 * @throws UserError where there is nothing to go back to
 */
export async function rollback(stack: Stack, service: ServiceInAws, { to, pinOnly = false }: RollbackOptions = {}): Promise<Intention> {
  const { inAws, clients, project } = stack;
  const { name } = service;
  if (service.repository === undefined)
    throw new UserError(
      `${name} runs an image that others build: name the earlier one as image in ${service.manifest ?? "its service.yaml"}, and bring that out.`,
    );
  if (service.pinnedImage !== undefined && to === undefined) {
    throw new UserError(
      `${name} was rolled back already, and is pinned to ${service.imageTag}: name the image that you mean, --to <tag or digest>.`,
    );
  }
  const [underWay] = await Promise.all([deploymentUnderWay(clients, service), describedService(inAws.stack, clients, service)]);
  const targets = new RollbackTargets(stack, service);
  const target = to !== undefined ? await targets.named(to) : underWay ? await targets.sourceOf(underWay) : await targets.previous();
  const { tag, digest } = target.image;
  if (tag === undefined)
    throw new UserError(`${shortDigest(digest)} has no tag that says what it was built from: ${name} can't be pinned to it.`);
  const now = pinOnly ? undefined : atOnce(target);
  if (target.hasSameImage) return settingsAlone(stack, name, now);
  const file = relative(project.root, pinFile(project, inAws.stack));
  const isPinned = service.pinnedImage === digest;
  if (isPinned && !now) return nothing(`${name} runs ${tag} and is pinned to it.`);
  const pin = isPinned ? undefined : new PinEdit(project, inAws.stack, name, { tag, digest });
  pin?.insist();
  const pinSays = `${file} pins ${name} to ${tag} (${shortDigest(digest)}): \`pulumi up -s ${inAws.stack}\` keeps it, until \`fairlead rollback ${name} --release -s ${inAws.stack}\`.`;
  const without =
    pinOnly || target.taskDefinitionArn !== undefined
      ? []
      : [`ECS remembers no deployment of ${tag} that ended well: only \`pulumi up\` can bring it out.`];
  return {
    says: [...(now?.says ?? []), ...without, ...(isPinned ? [] : [pinSays])],
    carryOut: async () => {
      // First what ends the incident, once it is known that the pin can be written.
      const act = () => now?.carryOut() ?? Promise.resolve([]);
      if (!pin) return act();
      return [...(await pin.writeAfter(act)), `Commit ${file}. \`pulumi up -s ${inAws.stack}\` then makes Pulumi's state agree.`];
    },
  };

  /** What ECS is asked at once; nothing where the target serves. */
  function atOnce(back: RollbackTarget): Intention | undefined {
    if (underWay && to === undefined) return takeBack(stack, service, back, underWay);
    return back.serves || back.taskDefinitionArn === undefined ? undefined : deployAgain(stack, service, back, underWay);
  }
}

/** A pin would bring the settings back that the rollback is from. */
function settingsAlone({ inAws }: Stack, name: string, now: Intention | undefined): Intention {
  const why = `The image of ${name} is the same: what differs are its settings. Revert the commit that changed them, or the next \`pulumi up -s ${inAws.stack}\` brings them again.`;
  return now ? { says: [...now.says, why], carryOut: now.carryOut } : nothing(why);
}
