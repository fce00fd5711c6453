import { isReference, redacted, type Plan, type PlanResource } from "@fairlead/plan";

/** A plan, with the questions that rules ask of it. */
export class PlanIndex {
  private readonly byType = new Map<string, PlanResource[]>();
  /** By type and property, and then by what the property comes from. */
  private readonly attached = new Map<string, Map<string, PlanResource[]>>();

  constructor(readonly plan: Pick<Plan, "stack" | "resources">) {
    for (const resource of plan.resources) {
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

  /** Whether a value is known only after apply, or secret. */
  isUnknown(value: unknown): boolean {
    return value === redacted || isReference(value);
  }

  /** A JSON text that an input holds; undefined where it is known only after apply. */
  json<T>(resource: PlanResource, property: string): T | undefined {
    const text = resource.inputs[property];
    if (typeof text !== "string") return undefined;
    try {
      return JSON.parse(text) as T;
    } catch {
      return undefined;
    }
  }
}
