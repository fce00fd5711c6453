import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Plan } from "@fairlead/plan";

/** A folder's plan of a stack, or why there is none. */
export type PlanResult = { plan: Plan } | { failure: string };

/** Runs a folder's own `fairlead preview`: each commit is planned by its own code. */
export function planIn(folder: string, stack: string, ...options: string[]): Promise<PlanResult> {
  return new Promise((resolve) => {
    const args = [join(folder, "tools/fairlead/bin/fairlead.js"), "preview", stack, "--json", ...options];
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output: Buffer[] = [];
    let errors = "";
    child.stdout.on("data", (data: Buffer) => output.push(data));
    child.stderr.on("data", (data: Buffer) => (errors += data.toString()));
    child.on("error", (error) => resolve({ failure: error.message }));
    child.on("close", () => {
      // A mandatory rule that is broken ends with 1 and still prints the plan.
      const plan = parsed(Buffer.concat(output).toString("utf8"));
      const told = errors.trim().replaceAll(`${folder}/`, "");
      resolve(plan ? { plan } : { failure: told || "it printed no plan" });
    });
  });
}

function parsed(text: string): Plan | undefined {
  try {
    const plan = JSON.parse(text) as Plan;
    return plan.version === 1 ? plan : undefined;
  } catch {
    return undefined;
  }
}
