import { isOwnComponent } from "@fairlead/model";
import type { PlanResource } from "@fairlead/plan";

/** Tells by its URN whether a component of ours makes a resource: the nearest component above it is one, whoever wraps that. */
export function madeByOurs(resources: readonly PlanResource[]): (urn: string) => boolean {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const parentOf = (urn: string) => byUrn.get(byUrn.get(urn)?.parent ?? "");
  return (urn) => {
    let component = parentOf(urn);
    while (component?.custom) component = parentOf(component.urn);
    return component !== undefined && isOwnComponent(component.type);
  };
}
