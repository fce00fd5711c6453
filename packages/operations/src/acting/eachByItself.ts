import { coded, UserError } from "@fairlead/model";

import { eachOf } from "../asking/inBatches";
import { refusal } from "../aws/refusal";
import type { ServiceInAws } from "../stack/serviceInAws";

/**
 * Does something to each service, whatever becomes of the others.
 *
 * @param verb command that does what is left
 * @throws UserError with all services that AWS refused it for, each with the reason
 */
export async function eachByItself<T extends { service: ServiceInAws }>(
  stack: string,
  verb: string,
  all: readonly T[],
  act: (each: T) => Promise<void>,
): Promise<void> {
  const namesByReason = new Map<string, string[]>();
  await eachOf(all, async (each) => {
    try {
      await act(each);
    } catch (error) {
      const said = refusal(stack, error);
      if (!(said instanceof UserError)) throw error;
      namesByReason.set(said.message, [...(namesByReason.get(said.message) ?? []), each.service.name]);
    }
  });
  if (namesByReason.size === 0) return;
  const failed = new Set([...namesByReason.values()].flat());
  const done = all.map(({ service }) => service.name).filter((name) => !failed.has(name));
  throw new UserError(
    coded(
      "FL2805",
      [
        `fairlead ${verb}: ${failed.size} of ${all.length} services are left.`,
        ...[...namesByReason].map(([reason, names]) => `${names.sort().join(", ")}: ${reason}`),
        ...(done.length > 0 ? [`Done: ${done.join(", ")}.`] : []),
        `fix: \`fairlead ${verb} -s ${stack}\` again does what is left.`,
      ].join("\n  "),
    ),
  );
}
