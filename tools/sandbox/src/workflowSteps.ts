import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

import { root } from "./paths";

/** A step of a workflow that runs a command. */
export interface RunStep {
  name: string;
  run: string;
  env: Record<string, string>;
}

interface Workflow {
  jobs: Record<string, { env?: Record<string, string>; steps?: { name?: string; run?: string; env?: Record<string, string> }[] }>;
}

/** The steps of a job in .github/workflows that run commands, with their variables. */
export function runSteps(file: string, job: string): RunStep[] {
  const { jobs } = parse(readFileSync(join(root, ".github/workflows", file), "utf8")) as Workflow;
  const { env: shared = {}, steps = [] } = jobs[job]!;
  return steps.flatMap(({ name = "", run, env }) => (run === undefined ? [] : [{ name, run, env: { ...shared, ...env } }]));
}

/**
 * Runs a step as GitHub's runner does: by bash, which ends at the first failure, with files for outputs, paths and the summary.
 *
 * @param values what `${{ … }}` stands for; one that is not here is an error
 */
export async function runStep(
  step: RunStep,
  cwd: string,
  values: Record<string, string>,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; output: string; summary: string }> {
  const files = mkdtempSync(join(tmpdir(), "fairlead-step-"));
  const filled = (text: string) =>
    text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
      const value = values[expression];
      if (value === undefined) throw new Error(`the step "${step.name}" uses ${expression}, for which there is no value here`);
      return value;
    });
  const script = join(files, "script.sh");
  writeFileSync(script, filled(step.run));
  const runner = {
    GITHUB_STEP_SUMMARY: join(files, "summary"),
    GITHUB_OUTPUT: join(files, "output"),
    GITHUB_PATH: join(files, "path"),
    CI: "true",
  };
  for (const file of [runner.GITHUB_STEP_SUMMARY, runner.GITHUB_OUTPUT, runner.GITHUB_PATH]) writeFileSync(file, "");
  const variables = Object.fromEntries(Object.entries(step.env).map(([key, value]) => [key, filled(String(value))]));
  const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
    cwd,
    env: { ...env, ...runner, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const summary = readFileSync(runner.GITHUB_STEP_SUMMARY, "utf8");
  rmSync(files, { recursive: true });
  return { code: code ?? 1, output, summary };
}
