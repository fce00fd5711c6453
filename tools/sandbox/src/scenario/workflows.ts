import { readFileSync } from "node:fs";

import { inProject } from "../checkout";
import type { Engine } from "../engine";
import { expectEqual, report } from "../expectations";
import { run } from "../machine/run";
import { step } from "../progress";
import { runStep, runSteps } from "../workflowSteps";

/** The commands of the workflows that talk to the engine, run as GitHub's runner runs them, on this stack. */
const commands: [file: string, job: string, step: string][] = [
  ["preview.yml", "engine", "Preview"],
  ["preview.yml", "engine", "Read the previews"],
  ["up.yml", "up", "Unprotect"],
  ["up.yml", "up", "Preview"],
  ["up.yml", "up", "Hold"],
  ["up.yml", "up", "Up"],
  ["drift.yml", "drift", "Refresh"],
];

/** Runs the workflows' own commands against the deployed stack: nothing changed, so none may find a change. */
export async function checkWorkflows(engine: Engine, checkout: string): Promise<void> {
  const backend = engine.environment.PULUMI_BACKEND_URL!;
  const stack = Object.fromEntries(
    ["inputs.stack", "matrix.stack", "needs.environments.outputs.stacks"].map((value) => [value, "sandbox"]),
  );
  const values = { "vars.PULUMI_BACKEND_URL": backend, "vars.PULUMI_ORGANIZATION": "", ...stack };
  for (const [file, job, name] of commands) {
    const found = runSteps(file, job).find((candidate) => candidate.name === name)!;
    const { code, output } = await step(`${file}, ${job}: ${name}`, () => runStep(found, inProject(checkout), values, engine.environment));
    if (code !== 0) report(output.trim().split("\n").slice(-20).join("\n  "));
    expectEqual(`the step "${name}" of ${file} runs as it stands`, code, 0);
  }
  expectEqual(
    "and the comment says that nothing changes",
    /### ✅ No changes/.test(readFileSync(inProject(checkout, "comment.md"), "utf8")),
    true,
  );
  // What the steps left would be committed with the next change.
  await run("git", ["clean", "--force", "--quiet"], { cwd: inProject(checkout) });
}
