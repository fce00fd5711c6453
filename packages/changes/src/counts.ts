import type { Operation, ResourceChange } from "./model";

/** How many resources each operation touches; components are not counted. */
export type Counts = Record<Exclude<Operation, "same">, number>;

/** Whether a provider manages it; a component is only a name for others. */
export function isManaged({ before, after }: ResourceChange): boolean {
  return (after ?? before)!.custom;
}

/** The resources of providers to which something happens. */
export function changedResources(changes: readonly ResourceChange[]): ResourceChange[] {
  return changes.filter((change) => change.operation !== "same" && isManaged(change));
}

/** Counts what happens to resources that a provider manages. */
export function countsOf(changes: readonly ResourceChange[]): Counts {
  const counts: Counts = { create: 0, update: 0, replace: 0, delete: 0 };
  for (const { operation } of changedResources(changes)) counts[operation as keyof Counts] += 1;
  return counts;
}

/** Whether anything happens. */
export function isEmpty(counts: Counts): boolean {
  return Object.values(counts).every((count) => count === 0);
}
