import { readOutputs, type Plan, type Project } from "@fairlead/plan";

import { uncopied } from "./copiedConfiguration";
import { throwIfInterrupted } from "./interrupts";
import { stackState, type StackState } from "./stackState";

/** Another stack that a program reads by a StackReference, as a backend of files knows it. */
export interface ReferencedStack {
  /** As the program names it. */
  named: string;
  project: string;
  stack: string;
}

/**
 * The stacks that the program of a plan reads.
 *
 * @throws UserError with FL3205 for those of an organization of Pulumi Cloud: a copy that is kept in files has none
 */
export function referencedStacks(plan: Plan): ReferencedStack[] {
  return [...new Set(readOutputs(plan).map(({ stack }) => stack))].sort().map((named) => {
    const parts = named.split("/");
    const organization = parts.length > 1 ? parts[0] : "organization";
    if (organization === "organization") return { named, project: parts.length > 2 ? parts[1]! : plan.project, stack: parts.at(-1)! };
    throw uncopied(
      `the program reads the outputs of ${named} (StackReference), and the copy is kept in files, where there is no organization ${organization}.`,
      `have the program take them from the configuration for as long as you adopt: pulumi config set <key> "$(pulumi stack output <output> -s ${named})" -s ${plan.stack}`,
    );
  });
}

/**
 * The states of stacks, with nothing but the outputs.
 *
 * @throws UserError with FL3203 where Pulumi doesn't tell one, and FL3205 where there is none
 */
export async function statesOf(project: Project, stacks: readonly ReferencedStack[]) {
  const states: { referenced: ReferencedStack; deployment: StackState["deployment"] }[] = [];
  for (const referenced of stacks) {
    throwIfInterrupted();
    const state = await stackState(project, referenced.named);
    if (!state)
      throw uncopied(
        `the program reads the outputs of ${referenced.named} (StackReference), and there is no such stack.`,
        "an `up` of that one first.",
      );
    states.push({ referenced, deployment: outputsAlone(state) });
  }
  return states;
}

function outputsAlone({ deployment }: StackState): StackState["deployment"] {
  const { resources = [] } = deployment.deployment ?? {};
  const stacks = resources.filter(({ urn }) => urn.includes("::pulumi:pulumi:Stack::"));
  return { ...deployment, deployment: { ...deployment.deployment, resources: stacks } };
}
