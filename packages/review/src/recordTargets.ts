import { isReference, type PlanResource } from "@fairlead/plan";

import { asList } from "./arguments/judge";

/** Names have no case, may end with a dot, and a star may be written by its number. */
export const plainName = (name: string): string => name.toLowerCase().replace(/\.$/, "").replace("\\052", "*");

/**
 * Where a DNS record leads, the same for what is only written otherwise: a load balancer has a second name for both kinds of addresses.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html
 */
export function leadsOf({ inputs }: PlanResource): string[] {
  const aliases = asList(inputs.aliases).map((alias) => (alias as { name?: unknown } | null)?.name);
  return [...aliases, ...asList(inputs.records)].map((to) => {
    const text = isReference(to) ? `\${${to.$output}}` : to;
    return typeof text === "string" ? plainName(text).replace(/^dualstack\./, "") : JSON.stringify(to);
  });
}
