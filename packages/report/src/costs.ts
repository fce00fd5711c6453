import { topLevel } from "@fairlead/changes";
import { type Estimate, totalOf } from "@fairlead/cost";

import type { StackReport } from "./report";

/** What a change costs more, or less. */
export interface CostChange {
  before: number;
  /** The least that it can be, where a part is unknown. */
  after: number;
  /** Parts of the new plan whose cost nobody can say. */
  unknown: number;
  /** How many more of them there are than before; negative where there are fewer. */
  moreUnknown: number;
}

/** What changes for the stack. */
export function costChange({ cost: { before, after } }: StackReport): CostChange {
  const unknown = unknownIn(after);
  return { before: before.total, after: after.total, unknown, moreUnknown: unknown - unknownIn(before) };
}

function unknownIn({ items }: Estimate): number {
  return items.filter(({ monthly }) => monthly === undefined).length;
}

/** What each part of the stack costs, by its name; those that cost the same before and after as well. */
export function costByArea({ changes, cost }: StackReport): Map<string, CostChange> {
  const areas = new Map<string, CostChange>();
  const add = (side: "before" | "after") => {
    const plan = changes[side];
    const top = topLevel(plan);
    const nameOf = new Map(plan.resources.map(({ urn, type, name }) => [urn, `${type.split(":").at(-1)} ${name}`]));
    for (const item of cost[side].items) {
      const name = nameOf.get(top.get(item.urn) ?? item.urn) ?? item.urn;
      const area = areas.get(name) ?? { before: 0, after: 0, unknown: 0, moreUnknown: 0 };
      area[side] += totalOf([item]);
      if (item.monthly === undefined) {
        if (side === "after") area.unknown += 1;
        area.moreUnknown += side === "after" ? 1 : -1;
      }
      areas.set(name, area);
    }
  };
  add("before");
  add("after");
  return areas;
}
