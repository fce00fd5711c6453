import { performance } from "node:perf_hooks";
import { embeddedPlan } from "@fairlead/plan";
import { InputPropertiesError, RunError } from "@pulumi/pulumi";

import { readProject } from "./project";
import { renderPlan } from "./renderPlan";
import { UsageError } from "./usageError";

/** Options of `fairlead preview`. */
export interface PreviewOptions {
  json?: boolean;
  config?: string[];
  timings?: boolean;
}

/** Prints a stack's plan. */
export async function preview(stack: string, options: PreviewOptions): Promise<void> {
  const started = performance.now();
  const project = readProject(stack, options.config);
  let imported = started;
  const progress = process.stderr.isTTY ? `Planning ${project.name}/${stack}…` : "";
  process.stderr.write(progress);
  const plan = await embeddedPlan({
    project: project.name,
    stack,
    config: project.config,
    secretKeys: project.secretKeys,
    program: async () => {
      const exported = (await import(project.main)) as { default: unknown };
      imported = performance.now();
      return typeof exported.default === "function" ? await (exported.default as () => unknown)() : exported;
    },
  })
    .catch((error: unknown) => {
      throw withoutStack(error);
    })
    .finally(() => progress && process.stderr.write("\r\x1b[K"));
  const registered = performance.now();
  process.stdout.write(options.json ? `${JSON.stringify(plan)}\n` : renderPlan(plan));
  if (options.timings) {
    const milliseconds = {
      start: started,
      import: imported - started,
      registration: registered - imported,
      rendering: performance.now() - registered,
    };
    console.error(JSON.stringify(milliseconds, (_, value: unknown) => (typeof value === "number" ? Math.round(value) : value)));
  }
}

/** As the engine does: a RunError is the program's own word to its user, and invalid properties are listed. */
function withoutStack(error: unknown): unknown {
  if (RunError.isInstance(error)) return new UsageError(error.message);
  if (!InputPropertiesError.isInstance(error)) return error;
  const properties = error.errors.map(({ propertyPath, reason }) => `  ${propertyPath}: ${reason}`);
  return new UsageError([`${error.message}:`, ...properties].join("\n"));
}
