import { toModelValue, type Plan, type PlanResource } from "@fairlead/plan";

import { guarded } from "./knownValues";

/** A plan, with the questions that rules ask of it. Its inputs are guarded: what judges by one that is unknown ends in `ifKnown`. */
export class PlanIndex {
  private readonly byType = new Map<string, PlanResource[]>();
  /** By type and property, and then by what the property comes from. */
  private readonly attached = new Map<string, Map<string, PlanResource[]>>();

  constructor(readonly plan: Pick<Plan, "stack" | "resources">) {
    for (const { inputs, ...rest } of plan.resources) {
      const resource = { ...rest, inputs: guarded(inputs) };
      const others = this.byType.get(resource.type);
      if (others) others.push(resource);
      else this.byType.set(resource.type, [resource]);
    }
  }

  ofType(type: string): PlanResource[] {
    return this.byType.get(type) ?? [];
  }

  /** Resources of a type one of whose inputs comes from the target. */
  attachedTo(target: PlanResource, type: string, property: string): PlanResource[] {
    const key = `${type} ${property}`;
    let index = this.attached.get(key);
    if (!index) {
      index = new Map();
      for (const resource of this.ofType(type)) {
        for (const urn of resource.propertyDependencies[property] ?? []) index.set(urn, [...(index.get(urn) ?? []), resource]);
      }
      this.attached.set(key, index);
    }
    return index.get(target.urn) ?? [];
  }

  /** An input by its path: `settings.0.value`. */
  read({ inputs }: PlanResource, path: string): unknown {
    return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], inputs);
  }

  /** What an input says in JSON; undefined for any other value. */
  json<T>(resource: PlanResource, property: string): T | undefined {
    const text = resource.inputs[property];
    if (typeof text !== "string") return undefined;
    try {
      return guarded(toModelValue(JSON.parse(text))) as T;
    } catch (error) {
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
  }
}
