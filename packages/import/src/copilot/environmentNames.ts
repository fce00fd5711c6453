import { childOf, textOf, type Place } from "../source/sourceNode";
import { nameProblem } from "./copilotNames";
import type { Workspace } from "./workspace";

/** What environments are usually called, in the order in which a change goes through them. */
const usualOrder = [/^(?:dev|develop|development|sandbox)/, /^(?:test|testing|qa|ci)/, /^(?:stag|stg|uat|pre)/, /^(?:prod|prd|live|main)/];

/**
 * Environments that an application speaks of, in the order of promotion: as pipelines have them, then as such names usually come. Where none is known,
 * `dev`.
 */
export function environmentNamesOf({ environments, pipelines, workloads }: Workspace): string[] {
  const staged = [...pipelines.values()].flatMap(({ root }) => {
    const stages = childOf(root, "stages");
    return stages?.kind === "list" ? stages.items.flatMap((stage) => textOf(childOf(stage, "name")) ?? []) : [];
  });
  const overridden = [...workloads.values()].flatMap(({ root }) => {
    const node = childOf(root, "environments");
    return node?.kind === "map" ? [...node.entries.keys()] : [];
  });
  const others = [...new Set([...environments.keys(), ...overridden])].filter((name) => !staged.includes(name));
  const all = [...new Set([...staged, ...others.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))])];
  // Pipelines of branches have some environments each; where all have stages the order of names decides between pipelines.
  const ordered = pipelines.size > 1 ? all.sort((a, b) => rank(a) - rank(b)) : all;
  return ordered.length > 0 ? ordered : ["dev"];
}

/** Without those that Copilot would not have taken, of which the workspace's problems tell. */
export function soundEnvironmentNames(workspace: Workspace): string[] {
  return environmentNamesOf(workspace).filter((name) => {
    const problem = nameProblem("environment", name, () => placeOf(name, workspace));
    if (problem) workspace.problems.push(problem);
    return !problem;
  });
}

/** Where an environment is named first. */
function placeOf(name: string, { environments, workloads, pipelines }: Workspace): Place {
  const own = environments.get(name)?.root.place;
  const overridden = [...workloads.values()].flatMap(({ root }) => {
    const node = childOf(root, "environments");
    return node?.kind === "map" ? (node.entries.get(name)?.keyPlace ?? []) : [];
  });
  return own ?? overridden[0] ?? [...pipelines.values()][0]!.root.place;
}

function rank(name: string): number {
  const index = usualOrder.findIndex((pattern) => pattern.test(name));
  return index < 0 ? 1.5 : index;
}
