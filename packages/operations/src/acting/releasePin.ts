import { relative } from "node:path";

import type { OperatedStack } from "../operatedStack";
import { nothing, type Intention } from "./intention";
import { pinFile, pinKey, writePin } from "./pins";

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
  const pins = JSON.parse(project.config[pinKey(project)] ?? "{}") as Record<string, unknown>;
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
