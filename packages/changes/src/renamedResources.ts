import type { Plan } from "@fairlead/plan";

import { withNewReferences } from "./formerResources";
import type { ChangeSet } from "./model";
import { renamedServices, servicesIn } from "./serviceChanges/serviceChanges";

/**
 * The resources that have another name after the change: the new URN, then the former one. By their aliases, and where a service has a new name by
 * what is below it, whether Pulumi takes it for the same or not.
 */
export function renamedResources({ before, after, resources }: ChangeSet): Map<string, string> {
  const renamed = new Map<string, string>();
  for (const change of resources) {
    if (change.before && change.after && change.before.urn !== change.urn) renamed.set(change.urn, change.before.urn);
  }
  const [from, to] = [servicesIn(before), servicesIn(after)];
  const stays = new Set(after.resources.map(({ urn }) => urn));
  for (const [service, formerName] of renamedServices(before, after)) {
    const former = new Map(from.get(formerName)!.resources.map((resource) => [`${resource.type} ${resource.name}`, resource.urn]));
    for (const { urn, type, name } of to.get(service)!.resources) {
      const formerUrn = former.get(`${type} ${name.replace(service, () => formerName)}`);
      if (formerUrn !== undefined && !renamed.has(urn) && !stays.has(formerUrn)) renamed.set(urn, formerUrn);
    }
  }
  return renamed;
}

/** The former outputs, where what is renamed has its new name. */
export function outputsUnderNewUrns({ before, resources }: ChangeSet): Plan["outputs"] {
  const newUrns = new Map(
    resources.flatMap(({ before: was, after }) => (was && after && was.urn !== after.urn ? [[was.urn, after.urn] as const] : [])),
  );
  return newUrns.size === 0 ? before.outputs : withNewReferences({ inputs: before.outputs }, newUrns).inputs;
}

/** A plan's resources under the URNs that they are renamed to. */
export function underNewUrns({ resources }: Plan, renamed: ReadonlyMap<string, string>): Plan["resources"] {
  if (renamed.size === 0) return resources;
  const newUrns = new Map([...renamed].map(([to, from]) => [from, to]));
  return resources.map((resource) => {
    const urn = newUrns.get(resource.urn) ?? resource.urn;
    const same = withNewReferences(resource, newUrns);
    return urn === resource.urn ? same : { ...same, urn };
  });
}
