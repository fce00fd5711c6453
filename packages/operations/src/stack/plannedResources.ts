import { serviceType } from "@fairlead/model";
import { referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

/** The resources of a plan, by what they belong to. */
export class PlannedResources {
  private readonly byUrn: ReadonlyMap<string, PlanResource>;
  private readonly ofService = new Map<string, PlanResource[]>();

  constructor(plan: Plan) {
    this.byUrn = new Map(plan.resources.map((resource) => [resource.urn, resource]));
    for (const resource of plan.resources) {
      const owner = this.ownerOf(resource);
      if (owner === undefined || owner === resource.urn) continue;
      const siblings = this.ofService.get(owner);
      if (siblings) siblings.push(resource);
      else this.ofService.set(owner, [resource]);
    }
  }

  /** All that is below a service. */
  below({ urn }: PlanResource): readonly PlanResource[] {
    return this.ofService.get(urn) ?? [];
  }

  /** The first resource of a type that a value refers to. */
  referredTo(value: unknown, type: string): PlanResource | undefined {
    return referencesIn(value)
      .map(({ urn }) => this.byUrn.get(urn))
      .find((resource) => resource?.type === type);
  }

  /** The service that a resource is below, or is. */
  private ownerOf(resource: PlanResource): string | undefined {
    let current: PlanResource | undefined = resource;
    while (current && current.type !== serviceType) current = current.parent === null ? undefined : this.byUrn.get(current.parent);
    return current?.urn;
  }
}

/** An input that is a text; undefined where it is none, or is known only after apply. */
export function parameterOf({ inputs }: PlanResource, key: string): string | undefined {
  const value = inputs[key];
  return typeof value === "string" && referencesIn(value).length === 0 ? value : undefined;
}
