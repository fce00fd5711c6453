import { isMap, serviceType } from "@fairlead/model";
import { isReference, referencesIn, type Plan, type PlanResource } from "@fairlead/plan";

import type { Target } from "./model";

/** Who answers behind a target group, apart from its share. */
export type Answerer = Omit<Target, "share">;

/** Finds who answers behind the target groups of a plan: the service that one is a part of, or that registers its tasks there. */
export class Answerers {
  private readonly byUrn: Map<string, PlanResource>;
  /** Target group → the ECS service that registers in it. */
  private readonly registering = new Map<string, PlanResource>();

  constructor({ resources }: Pick<Plan, "resources">) {
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    for (const resource of resources) {
      if (resource.type !== "aws:ecs/service:Service") continue;
      const { inputs, propertyDependencies } = resource;
      const urns = [...referencesIn(inputs.loadBalancers).map(({ urn }) => urn), ...(propertyDependencies.loadBalancers ?? [])];
      for (const urn of urns) if (isTargetGroup(urn) && !this.registering.has(urn)) this.registering.set(urn, resource);
    }
  }

  /**
   * Undefined where nobody can tell which target group it is.
   *
   * @param dependencies URNs that the value may be of: the engine says ARNs, and of an unknown one not whose
   */
  of(targetGroupArn: unknown, dependencies: readonly string[] = []): Answerer | undefined {
    const among = dependencies.filter(isTargetGroup);
    const [reference] = isReference(targetGroupArn) ? referencesIn(targetGroupArn) : [];
    if (reference && !(reference.attribute === unknownAttribute && among.length > 1))
      return isTargetGroup(reference.urn) ? this.behind(reference.urn) : undefined;
    const name = typeof targetGroupArn === "string" ? /:targetgroup\/([^/$]+)\/[^/$]+$/.exec(targetGroupArn)?.[1] : undefined;
    const named = among.filter((urn) => name !== undefined && this.byUrn.get(urn)?.inputs.name === name);
    const all = (named.length > 0 ? named : among).map((urn) => this.behind(urn));
    if (all.length > 0)
      return all.every((each) => each.kind === "service" && each.name === all[0]!.name) || all.length === 1 ? all[0] : undefined;
    return name === undefined ? undefined : { name, kind: "target group" };
  }

  private behind(urn: string): Answerer {
    const registered = this.registering.get(urn);
    const component = (registered && this.componentOf(registered.urn)) ?? this.componentOf(urn);
    if (component) {
      const { spec } = component.inputs;
      const owner = isMap(spec) && typeof spec.owner === "string" ? spec.owner : undefined;
      return { name: component.name, kind: "service", ...(owner !== undefined && { owner }) };
    }
    if (!registered) return { name: urn.split("::").at(-1)!, kind: "target group" };
    const { name } = registered.inputs;
    return { name: typeof name === "string" ? name : registered.name, kind: "service" };
  }

  private componentOf(urn: string): PlanResource | undefined {
    for (let now = this.byUrn.get(urn); now; now = now.parent === null ? undefined : this.byUrn.get(now.parent))
      if (now.type === serviceType) return now;
    return undefined;
  }
}

/** What the engine's preview has in the place of an attribute. */
const unknownAttribute = "…";
const isTargetGroup = (urn: string) => /[:$]aws:(lb|alb)\/targetGroup:TargetGroup::/.test(urn);
