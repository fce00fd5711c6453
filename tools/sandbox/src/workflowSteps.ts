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

/** What a step leaves. */
export interface StepResult {
  code: number;
  /** What it printed. */
  output: string;
  summary: string;
  /** Variables that it sets for the steps after it. */
  variables: Record<string, string>;
  /** Its outputs, for other jobs. */
  outputs: Record<string, string>;
}

/**
 * Runs a step as GitHub's runner does: by bash, which ends at the first failure, with files for variables, outputs, paths and the summary.
 *
 * @param values what `${{ … }}` stands for; one that is not here is an error
 */
export async function runStep(step: RunStep, cwd: string, values: Record<string, string>, env: NodeJS.ProcessEnv): Promise<StepResult> {
  const filled = (text: string) =>
    text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => {
      const value = values[expression];
      if (value === undefined) throw new Error(`the step "${step.name}" uses ${expression}, for which there is no value here`);
      return value;
    });
  const command = filled(step.run);
  const variables = Object.fromEntries(Object.entries(step.env).map(([key, value]) => [key, filled(String(value))]));
  const folder = mkdtempSync(join(tmpdir(), "fairlead-step-"));
  try {
    const file = (name: string, text = "") => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const script = file("script.sh", command);
    const runner = {
      GITHUB_STEP_SUMMARY: file("summary"),
      GITHUB_ENV: file("variables"),
      GITHUB_OUTPUT: file("outputs"),
      GITHUB_PATH: file("path"),
      CI: "true",
    };
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
      cwd,
      env: { ...env, ...runner, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const code = await new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
    return {
      code: code ?? 1,
      output,
      summary: readFileSync(runner.GITHUB_STEP_SUMMARY, "utf8"),
      variables: pairsIn(runner.GITHUB_ENV),
      outputs: pairsIn(runner.GITHUB_OUTPUT),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The lines `name=value` of a file. */
function pairsIn(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}
