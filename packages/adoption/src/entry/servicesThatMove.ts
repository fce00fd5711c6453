import type { ServiceInAws } from "@fairlead/operations";
import type { Plan, PlanResource } from "@fairlead/plan";

import type { Asking } from "../found/asking";
import { rulesOf } from "../found/listeners";
import { movingServices, type MovingService } from "./movingServices";

/**
 * Services whose rules come to listeners that exist, by the rules that these have.
 *
 * @param own texts by which AWS may call what the stack has made
 */
export async function servicesThatMove(
  asking: Asking,
  plan: Plan,
  services: readonly ServiceInAws[],
  own: ReadonlySet<string>,
): Promise<MovingService[]> {
  const found: MovingService[] = [];
  for (const [listenerArn, names] of servicesByListener(plan)) {
    const rules = (await rulesOf(asking, listenerArn)).filter(({ arn }) => !own.has(arn));
    found.push(
      ...movingServices(
        services.filter(({ name }) => names.has(name)),
        rules,
      ),
    );
  }
  return found;
}

/** Names of services by the listener of somebody else's that their rules come to: a public load balancer's, an internal one's. */
export function servicesByListener({ resources }: Plan): Map<string, Set<string>> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const found = new Map<string, Set<string>>();
  for (const resource of resources) {
    const { listenerArn } = resource.inputs;
    if (resource.type !== "aws:lb/listenerRule:ListenerRule" || typeof listenerArn !== "string") continue;
    const service = above(resource, byUrn).find(({ inputs }) => inputs.spec !== undefined);
    if (service) found.set(listenerArn, new Set([...(found.get(listenerArn) ?? []), service.name]));
  }
  return found;
}

function above({ parent }: PlanResource, byUrn: ReadonlyMap<string, PlanResource>): PlanResource[] {
  const resource = parent === null ? undefined : byUrn.get(parent);
  return resource ? [resource, ...above(resource, byUrn)] : [];
}
