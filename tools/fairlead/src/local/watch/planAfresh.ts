import { fork } from "node:child_process";
import { join } from "node:path";
import { UserError } from "@fairlead/model";
import type { Plan } from "@fairlead/plan";

/** What {@link planAfresh} is told by the process that plans. */
export type Planned = { plan: Plan } | { failure: string };

/**
 * Plans a stack in a process of its own, whose modules are those that are on the disk now.
 *
 * @param config as of {@link LocalOptions}
 * @throws UserError with what the program says to its user
 */
export function planAfresh(stack: string, config: readonly string[], folder: string): Promise<Plan> {
  const child = fork(join(__dirname, "planProcess.ts"), [stack, ...config], {
    cwd: folder,
    execArgv: ["--require", require.resolve("@fairlead/transpile/register")],
    // What the program prints is none of what is told here.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("message", (planned: Planned) => ("plan" in planned ? resolve(planned.plan) : reject(new UserError(planned.failure))));
    child.on("close", (code) => reject(new UserError(`The program of ${stack} ended with exit code ${code} before it was planned.`)));
  });
}
