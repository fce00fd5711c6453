import { UserError } from "@fairlead/model";
import { planOfStack, readProject } from "@fairlead/plan";
import { compareResults, type ChangeReport, type PlanResult } from "@fairlead/report";

import { labelOf } from "../src/commits/commits";
import type { FixtureRepository } from "./fixtureRepository";

/** Plans of some stacks, made in this process. */
export async function plansOf({ folder }: FixtureRepository, stacks: readonly string[]): Promise<Map<string, PlanResult>> {
  const results = new Map<string, PlanResult>();
  for (const stack of stacks) {
    try {
      results.set(stack, { plan: await planOfStack(readProject(stack, [], folder), stack) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      results.set(stack, { failure: error.message });
    }
  }
  return results;
}

/** The report of a repository's last commit. */
export async function reportOfLastCommit(repository: FixtureRepository, before: Map<string, PlanResult>): Promise<ChangeReport> {
  const { folder } = repository;
  const stacks = [...before.keys()];
  const after = await plansOf(repository, stacks);
  return {
    project: "fairlead",
    from: labelOf(folder, "HEAD~1"),
    to: labelOf(folder, "HEAD"),
    stacks: stacks.map((stack) => compareResults(stack, before.get(stack), after.get(stack), () => readProject(stack, [], folder))),
  };
}
