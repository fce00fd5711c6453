import { readProject, type Project } from "@fairlead/plan";
import { compareResults, type FailedStack, type PlanResult, type StackReport } from "@fairlead/report";
import type { Grade } from "@fairlead/review";

import { plansOf } from "../changes";
import type { WrittenChange } from "./writtenChange";
import { WrittenRepository } from "./writtenRepository";

/** What planning gave on each side of a change, in one of its stacks. */
export interface PlannedChange {
  stack: string;
  before: PlanResult | undefined;
  after: PlanResult | undefined;
  read: (side: "before" | "after") => Project;
}

/** Plans written changes. What most of them begin with is planned once. */
export class PlannedChanges {
  private readonly base = new WrittenRepository();
  private readonly planned = new Map<string, PlanResult>();

  /** What is made of each stack of a change, while both sides are there to be read. */
  async each<T>({ stacks, given, change, title }: WrittenChange, use: (planned: PlannedChange) => T | Promise<T>): Promise<T[]> {
    const before = given.length > 0 ? new WrittenRepository(this.base) : this.base;
    const after = new WrittenRepository(this.base);
    try {
      if (before !== this.base) before.apply(given, "Given");
      after.apply([...given, ...change], title);
      const old = before === this.base ? await this.ofBase(stacks) : await plansOf(before, stacks);
      const now = await plansOf(after, stacks);
      const results: T[] = [];
      for (const stack of stacks) {
        const read = (side: "before" | "after") => readProject(stack, [], (side === "before" ? before : after).folder);
        results.push(await use({ stack, before: old.get(stack), after: now.get(stack), read }));
      }
      return results;
    } finally {
      if (before !== this.base) before.remove();
      after.remove();
    }
  }

  remove(): void {
    this.base.remove();
  }

  private async ofBase(stacks: readonly string[]): Promise<ReadonlyMap<string, PlanResult>> {
    const missing = stacks.filter((stack) => !this.planned.has(stack));
    for (const [stack, result] of await plansOf(this.base, missing)) this.planned.set(stack, result);
    return this.planned;
  }
}

/**
 * What a stack's report says of a change.
 *
 * @throws Error where it can't be planned, which says nothing of a grade: the change or what it begins with is out of date
 */
export function reportOfPlanned({ stack, before, after, read }: PlannedChange): StackReport {
  const report: StackReport | FailedStack = compareResults(stack, before, after, read);
  if ("failure" in report) throw new Error(`${report.stack} can't be planned: ${report.failure}`);
  return report;
}

/** The grade of a change in each of its stacks. */
export function gradesOf(planned: PlannedChanges, change: WrittenChange): Promise<Grade[]> {
  return planned.each(change, (stack) => reportOfPlanned(stack).grade);
}
