import { nounOf, topLevel } from "@fairlead/changes";
import { totalOf, type CostItem, type Estimate } from "@fairlead/cost";

import type { StackReport } from "./report";

/** What a change costs more, or less. */
export interface CostChange {
  /** What is known of it before and after. */
  before: number;
  after: number;
  /** Parts of the new plan whose cost nobody can say. */
  unknown: number;
  /** How many more of them there are than before; negative where there are fewer. */
  moreUnknown: number;
  /** Unknown parts that the change brings, and that it takes away. One that is as it was is neither: so is its cost, whatever that is. */
  added: number;
  gone: number;
  /** Regions that the price file has no prices of, where the stack is or was in one. */
  unpriced: string[];
}

/** What changes for the stack. */
export function costChange({ cost: { before, after } }: Pick<StackReport, "cost">): CostChange {
  return changeOf(before.items, after.items, unpricedOf(before, after));
}

/** What each part of the stack costs, by its name; those that cost the same before and after as well. */
export function costByArea({ changes, cost }: Pick<StackReport, "changes" | "cost">): Map<string, CostChange> {
  const [former, top] = [topLevel(changes.before), topLevel(changes.after)];
  const all = [...changes.before.resources, ...changes.after.resources];
  const nameOf = new Map(all.map(({ urn, type, name }) => [urn, `${type.split(":").at(-1)} ${name}`]));
  const areas = new Map<string, Record<"before" | "after", CostItem[]>>();
  for (const side of ["before", "after"] as const) {
    for (const item of cost[side].items) {
      const name = nameOf.get(top.get(item.urn) ?? former.get(item.urn) ?? item.urn) ?? item.urn;
      const area = areas.get(name) ?? { before: [], after: [] };
      area[side].push(item);
      areas.set(name, area);
    }
  }
  const unpriced = unpricedOf(cost.before, cost.after);
  return new Map([...areas].map(([name, { before, after }]) => [name, changeOf(before, after, unpriced)]));
}

/** What is in no sum, such as `12 × log group, logs taken in: ingestedGiB is not declared`, the most frequent first. */
export function leftOut({ items }: Pick<Estimate, "items">): string[] {
  const counts = new Map<string, number>();
  for (const { urn, what, unknown } of items) {
    if (unknown === undefined) continue;
    const type = urn.split("::")[2]!.split("$").at(-1)!;
    const noun = nounOf(type);
    const text = `${what === noun || what === type ? "" : `${noun}, `}${what}: ${unknown}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([text, count]) => (count === 1 ? text : `${count} × ${text}`));
}

/** What is to be done in usage.yaml, since the resources that it declares volumes of have another name. */
export function usageLines({ cost: { after } }: Pick<StackReport, "cost">): string[] {
  return after.outdatedUsage.map(
    ({ resource, now }) => `usage.yaml: ${resource} is ${now} now. Rename the entry, or its volumes are not known any more.`,
  );
}

function changeOf(before: readonly CostItem[], after: readonly CostItem[], unpriced: string[]): CostChange {
  const [was, is] = [unknownIn(before), unknownIn(after)];
  return {
    before: totalOf(before),
    after: totalOf(after),
    unknown: is.length,
    moreUnknown: is.length - was.length,
    added: without(is, was).length,
    gone: without(was, is).length,
    unpriced,
  };
}

function unknownIn(items: readonly CostItem[]): CostItem[] {
  return items.filter(({ monthly }) => monthly === undefined);
}

/** The unknown parts that others don't have, or have less of: told apart by their resource and by all that decides their cost. */
function without(parts: readonly CostItem[], others: readonly CostItem[]): CostItem[] {
  const identity = ({ urn, decidedBy }: CostItem) => `${decidedBy} ${urn}`;
  const left = new Map<string, CostItem[]>();
  for (const other of others) left.set(identity(other), [...(left.get(identity(other)) ?? []), other]);
  return parts.filter((part) => {
    const other = left.get(identity(part))?.pop();
    return !other || (part.quantity ?? 0) > (other.quantity ?? 0);
  });
}

function unpricedOf(...estimates: Estimate[]): string[] {
  return [...new Set(estimates.filter(({ isPriced, items }) => !isPriced && items.length > 0).map(({ region }) => region))];
}
