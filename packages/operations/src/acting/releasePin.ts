import { relative } from "node:path";

import type { OperatedStack } from "../operatedStack";
import { nothing, type Intention } from "./intention";
import { pinFile, pinKey, PinEdit } from "./pins";

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
  if (!isPinned(project.config[pinKey(project)], service)) return nothing(`${service} is not pinned.`);
  const file = relative(project.root, pinFile(project, stack));
  const edit = new PinEdit(project, stack, service, undefined);
  edit.insist();
  return {
    says: [`${file} pins ${service} no more: the next \`pulumi up -s ${stack}\` brings out what its sources say.`],
    carryOut: () => edit.writeAfter(() => Promise.resolve([`Commit ${file}.`])),
  };
}

/** @param pins as the configuration has them; what is no JSON is refused where it stands */
function isPinned(pins: string | undefined, service: string): boolean {
  try {
    return Object.hasOwn(JSON.parse(pins ?? "{}") as object, service);
  } catch {
    return true;
  }
}
