import { UserError } from "@fairlead/model";
import { planOfStack, readProject } from "@fairlead/plan";
import { compareResults, gravestFirst, withReaders, type ChangeReport, type PlanResult } from "@fairlead/report";

import { allowanceOf, newlyAllowed } from "../src/allowances/allowances";
import { labelOf } from "../src/commits/commits";
import type { FixtureRepository } from "./fixtureRepository";

/** As of one run of `diff`. */
const secretsKey = "of the tests";

/** Plans of some stacks, made in this process. */
export async function plansOf({ folder }: FixtureRepository, stacks: readonly string[]): Promise<Map<string, PlanResult>> {
  const results = new Map<string, PlanResult>();
  for (const stack of stacks) {
    try {
      results.set(stack, { plan: await planOfStack(readProject(stack, [], folder), stack, { secretsKey }) });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      results.set(stack, { failure: error.message });
    }
  }
  return results;
}

/**
 * The report of a repository's last commit.
 * @param base whose configuration the stacks had before; the same by default
 */
export async function reportOfLastCommit(
  repository: FixtureRepository,
  before: Map<string, PlanResult>,
  base = repository,
): Promise<ChangeReport> {
  const { folder } = repository;
  const stacks = [...before.keys()];
  const after = await plansOf(repository, stacks);
  const { allow, notices } = allowanceOf(stacks, folder);
  const compared = stacks.map((stack) =>
    compareResults(
      stack,
      before.get(stack),
      after.get(stack),
      (side) => readProject(stack, [], side === "before" ? base.folder : folder),
      allow,
    ),
  );
  return {
    project: "fairlead",
    from: labelOf(folder, "HEAD~1"),
    to: labelOf(folder, "HEAD"),
    notices,
    newlyAllowed: newlyAllowed(allowanceOf(stacks, base.folder).allow, allow),
    stacks: gravestFirst(withReaders(compared)),
  };
}
