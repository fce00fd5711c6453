import { fork } from "node:child_process";
import { join } from "node:path";
import { UserError } from "@fairlead/model";
import type { Plan } from "@fairlead/plan";

import type { LocalOptions } from "../openLocal";

/** What {@link planAfresh} is told by the process that plans. */
export type Planned = { plan: Plan } | { failure: string };

/** Which plan: a stack, and what of {@link LocalOptions} decides it. */
export type PlannedOptions = Pick<LocalOptions, "platform" | "config"> & { stack: string };

/**
 * Plans a stack in a process of its own, whose modules are those that are on the disk now.
 *
 * @throws UserError with what the program says to its user
 */
export function planAfresh(options: PlannedOptions, folder: string): Promise<Plan> {
  const child = fork(join(__dirname, "planProcess.ts"), [JSON.stringify(options)], {
    cwd: folder,
    execArgv: ["--require", require.resolve("@fairlead/transpile/register")],
    // What the program prints is none of what is told here.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("message", (planned: Planned) => ("plan" in planned ? resolve(planned.plan) : reject(new UserError(planned.failure))));
    child.on("close", (code) =>
      reject(new UserError(`The program of ${options.stack} ended with exit code ${code} before it was planned.`)),
    );
  });
}
