import { relative } from "node:path";
import type { LeftOut } from "@fairlead/manifest";
import { UserError } from "@fairlead/model";
import { planOfStack, type Plan, type PlanOfStackOptions, type Project } from "@fairlead/plan";
import type { InPart } from "@fairlead/report";

/** A plan, and what of it is not as the manifests say. */
export interface PlannedInPart {
  plan: Plan;
  inPart?: InPart;
}

/**
 * A stack's plan to be looked at: a manifest with mistakes hides no other service. The engine makes none then, and neither does who acts by a plan.
 *
 * @param standIn another text of a manifest that has mistakes
 * @throws UserError with what the program says to its user
 */
export async function planInPart(
  project: Project,
  stack: string,
  standIn: (file: string) => string | undefined,
  options: PlanOfStackOptions = {},
): Promise<PlannedInPart> {
  let inPart: InPart | undefined;
  const onBrokenManifests = (problems: UserError, leftOut: LeftOut[]) => {
    const files = leftOut.map(({ file, hasStandIn }) => ({ file: relative(project.root, file).replaceAll("\\", "/"), hasStandIn }));
    inPart = { failure: problems.toldFrom(project.root), leftOut: files };
  };
  try {
    const plan = await planOfStack(project, stack, { ...options, hooks: { ...options.hooks, onBrokenManifests, standIn } });
    return inPart ? { plan, inPart } : { plan };
  } catch (error) {
    // What then stops the rest of the plan may follow from the mistakes, which come first in any case.
    throw inPart ? new UserError(inPart.failure) : error;
  }
}
