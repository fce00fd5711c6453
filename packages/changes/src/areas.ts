import type { Plan } from "@fairlead/plan";

import { changedResources } from "./counts";
import type { ChangeSet, ResourceChange } from "./model";

/** A part of a stack: what one component directly below the stack stands for. */
export interface Area {
  urn: string;
  /** Such as `Network`, `Service`. */
  kind: string;
  name: string;
  /** Changes in it, without what stays the same. */
  changes: ResourceChange[];
}

/** The changes, by the part of the stack that they are in. A resource directly below the stack is a part of its own. */
export function areasOf(changes: ChangeSet): Area[] {
  const top = new Map([...topLevel(changes.before), ...topLevel(changes.after)]);
  const byUrn = new Map(changes.resources.map((change) => [change.urn, change]));
  const areas = new Map<string, Area>();
  for (const change of changedResources(changes.resources)) {
    const urn = top.get(change.urn) ?? change.urn;
    const { type, name } = byUrn.get(urn) ?? change;
    const area = areas.get(urn) ?? { urn, kind: type.split(":").at(-1)!, name, changes: [] };
    area.changes.push(change);
    areas.set(urn, area);
  }
  return [...areas.values()];
}

/** Of the resource that all others belong to in the end. */
export function stackUrn({ resources }: Plan): string | undefined {
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.urn;
}

/** For each resource the one directly below the stack that it belongs to. */
export function topLevel(plan: Plan): Map<string, string> {
  const stack = stackUrn(plan);
  const top = new Map<string, string>();
  for (const { urn, parent } of plan.resources) {
    if (urn !== stack) top.set(urn, parent === null || parent === stack ? urn : (top.get(parent) ?? urn));
  }
  return top;
}
