import { totalOf } from "@fairlead/cost";
import { planOfStack, readProject } from "@fairlead/plan";
import { evaluate, exceptionsIn } from "@fairlead/policy";
import { estimateOf } from "@fairlead/report";

import { counted } from "../counted";
import { apartFromOutput } from "../programOutput";
import { textOf } from "../textOf";

/** What `fairlead preview` says of an environment that was imported. */
export interface PlannedEnvironment {
  name: string;
  resources?: number;
  /** Findings of the policies. */
  findings?: number;
  /** Dollars a month, of what can be known before anything runs. */
  perMonth?: number;
  /** Parts of the costs that depend on use. */
  unknown?: number;
  /** Why there is no plan. */
  failure?: string;
}

/** Plans every environment, one after the other. */
export async function plannedEnvironments(root: string, names: readonly string[]): Promise<PlannedEnvironment[]> {
  const planned: PlannedEnvironment[] = [];
  for (const name of names) planned.push(await plannedEnvironment(root, name));
  return planned;
}

async function plannedEnvironment(root: string, name: string): Promise<PlannedEnvironment> {
  try {
    const project = readProject(name, [], root);
    const plan = await apartFromOutput(() => planOfStack(project, name, {}));
    const { findings } = evaluate(plan, exceptionsIn(project.configFolder));
    const { items } = estimateOf(plan, project);
    return {
      name,
      resources: plan.resources.filter(({ custom }) => custom).length,
      findings: findings.length,
      perMonth: totalOf(items),
      unknown: items.filter(({ unknown }) => unknown !== undefined).length,
    };
  } catch (error) {
    return { name, failure: textOf(error) };
  }
}

/** A line for each environment. */
export function renderPlanned(planned: readonly PlannedEnvironment[]): string {
  return planned
    .map(({ name, resources, findings, perMonth, unknown, failure }) =>
      failure === undefined
        ? `${name}: ${counted(resources!, "resource")}, ${counted(findings!, "finding")} of the policies, at least $${perMonth!.toFixed(2)} a month, ${counted(unknown!, "part")} by use. npx fairlead preview ${name}\n`
        : `${name} can't be planned yet:\n${failure.replaceAll(/^(?=.)/gm, "  ")}\n`,
    )
    .join("");
}
