import { UserError } from "@fairlead/model";

import type { Plan } from "../model";
import type { Project } from "./project";
import { checkProgram } from "./settings";

/** How a stack's program is run. */
export interface PlanOfStackOptions {
  /** Is called once the program's modules are there. */
  onLoaded?: () => void;
  /** Is handed to the program, which the engine calls without. */
  hooks?: object;
  /** As of the embedded plan. */
  secretsKey?: string;
}

/**
 * Runs a stack's own program in process and returns its plan.
 *
 * @throws UserError with what the program says to its user
 */
export async function planOfStack(
  project: Project,
  stack: string,
  { onLoaded, hooks, secretsKey }: PlanOfStackOptions = {},
): Promise<Plan> {
  checkProgram(project);
  const { embeddedPlan } = await import("../embeddedPlan");
  let guardRails: Record<string, unknown> | undefined;
  const onGuardRails = (told: Record<string, unknown>) => (guardRails = { ...guardRails, ...told });
  try {
    const plan = await embeddedPlan({
      project: project.name,
      stack,
      config: project.config,
      secretKeys: project.secretKeys,
      secretsKey,
      program: async () => {
        const exported = (await import(project.main)) as { default: unknown };
        onLoaded?.();
        return typeof exported.default === "function"
          ? await (exported.default as (hooks?: object) => unknown)({ ...hooks, onGuardRails })
          : exported;
      },
    });
    return guardRails ? { ...plan, guardRails } : plan;
  } catch (error) {
    throw await withoutStack(error);
  }
}

/** As the engine does: a RunError is the program's own word to its user, and invalid properties are listed. */
async function withoutStack(error: unknown): Promise<unknown> {
  const { InputPropertiesError, RunError } = await import("@pulumi/pulumi");
  if (RunError.isInstance(error)) return new UserError(error.message);
  if (!InputPropertiesError.isInstance(error)) return error;
  const properties = error.errors.map(({ propertyPath, reason }) => `  ${propertyPath}: ${reason}`);
  return new UserError([`${error.message}:`, ...properties].join("\n"));
}
