import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { withoutLogins } from "@fairlead/model";
import type { Plan } from "@fairlead/plan";
import type { InPart, PlanResult } from "@fairlead/report";

import { command } from "./worktree";

/** MiB: a plan makes so much that lives shortly that collecting it in V8's default steps takes a tenth of a plan's processor time. */
const youngGeneration = "--max-semi-space-size=128";

/** Names the project's folder on the other side of the comparison: a manifest there stands in for one that has mistakes. A variable, of which commits of before know nothing. */
export const otherSide = "FAIRLEAD_OTHER_SIDE";

/**
 * The key that makes the secrets of plans comparable which one run compares. A variable, as above; whoever gets it takes it out of the environment, so that
 * nothing that a program starts has it.
 */
export const secretsKey = "FAIRLEAD_SECRETS_KEY";

/** A project of a workspace that is checked out. */
export interface ProjectAt {
  /** Folder of the workspace. */
  folder: string;
  /** Folder of Pulumi.yaml, from the workspace's; empty where they are one. */
  project: string;
  /** The folder of the workspace that this one is compared with. */
  other?: string;
  /** Of the run that compares it; without one all its secrets read alike. */
  key?: string;
}

/**
 * Plans stacks of a workspace by its own command, since each commit is planned by its own code: all of them in one process, and what
 * is left in another one after a failure.
 *
 * @param config values of the stacks' configuration, `key=value`
 * @param onPlanned called after each stack
 */
export async function plansIn(
  at: ProjectAt,
  stacks: readonly string[],
  config: readonly string[] = [],
  onPlanned: () => void = () => {},
): Promise<Map<string, PlanResult>> {
  const { folder } = at;
  const results = new Map<string, PlanResult>();
  const options = config.flatMap((value) => ["--config", value]);
  for (let left = [...stacks]; left.length > 0; left = left.filter((stack) => !results.has(stack))) {
    const before = results.size;
    const keep = (stack: string, result: PlanResult) => {
      results.set(stack, result);
      onPlanned();
    };
    const errors = await run(at, ["plans", ...left, ...options], ({ stack, plan, failure, inPart, hints }) => {
      if (!left.includes(stack as string)) return;
      if (isPlan(plan)) keep(stack as string, { plan, inPart: inPart as InPart | undefined, hints: hints as string[] | undefined });
      else if (typeof failure === "string") keep(stack as string, { failure: told(failure, folder) });
    });
    if (results.size > before) continue;
    // A commit from before this command makes one plan at a time.
    const [stack] = left as [string];
    if (/unknown command/.test(errors)) keep(stack, await previewIn(at, stack, options));
    else keep(stack, { failure: errors || "it printed no plan" });
  }
  return results;
}

/** Runs a folder's own `fairlead preview`. A mandatory rule that is broken ends it with 1, and it still prints the plan. */
async function previewIn(at: ProjectAt, stack: string, options: string[]): Promise<PlanResult> {
  let plan: Plan | undefined;
  const errors = await run(at, ["preview", stack, "--json", ...options], (value) => {
    if (isPlan(value)) plan = value;
  });
  return plan ? { plan } : { failure: errors || "it printed no plan" };
}

/** Runs a folder's own command, hands over each object that it prints as a line, and returns what it says on standard error. */
function run(
  { folder, project, other, key }: ProjectAt,
  args: string[],
  onObject: (value: Record<string, unknown>) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [youngGeneration, join(folder, command), ...args], {
      cwd: join(folder, project),
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, [otherSide]: other && join(other, project), [secretsKey]: key },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let errors = "";
    const lines = createInterface({ input: child.stdout });
    lines.on("line", (line) => {
      try {
        const value = objectIn(line);
        if (value) onObject(value);
      } catch (error) {
        reject(error as Error);
      }
    });
    child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
    child.on("error", (error) => resolve(error.message));
    child.on("close", () => resolve(told(errors.trim(), folder)));
  });
}

/** A failure as any folder would have it. Commands of before let the logins of URLs stand. */
function told(failure: string, folder: string): string {
  return withoutLogins(failure.replaceAll(`${folder}/`, ""));
}

/** Commands of before let programs print among their lines. */
function objectIn(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function isPlan(value: unknown): value is Plan {
  return value !== null && typeof value === "object" && "resources" in value;
}
