import type { Project } from "@fairlead/plan";

/** The project as each side of a change has it; undefined where a side has no such stack. At least one side has. */
export interface Projects {
  before?: Project;
  after?: Project;
}

/** The one whose exceptions, prices and usage apply: the change's own, or of a stack that goes away the last one that had it. */
export function thatCounts({ before, after }: Projects): Project {
  return (after ?? before)!;
}
