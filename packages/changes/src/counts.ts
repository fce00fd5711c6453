import type { Operation, ResourceChange } from "./model";

/** How many resources each operation touches; components are not counted. */
export type Counts = Record<Exclude<Operation, "same">, number>;

/** Counts what happens to resources that a provider manages. */
export function countsOf(changes: readonly ResourceChange[]): Counts {
  const counts: Counts = { create: 0, update: 0, replace: 0, delete: 0 };
  for (const { operation, before, after } of changes) {
    if (operation !== "same" && (after ?? before)?.custom) counts[operation] += 1;
  }
  return counts;
}

/** Whether anything happens. */
export function isEmpty(counts: Counts): boolean {
  return Object.values(counts).every((count) => count === 0);
}
