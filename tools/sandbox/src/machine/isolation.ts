import { spawn } from "node:child_process";
import { constants } from "node:os";

/**
 * Runs this program again in a mount and a process namespace of its own. When it ends, however it ends, the kernel ends every process
 * that it started, and the mounts are gone; nothing on the machine was changed.
 */
export function runIsolated(script: string, args: string[]): Promise<number> {
  // Ends with this process even if that is killed.
  const unshare = ["--pdeathsig", "KILL", "unshare"];
  const command = [...unshare, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--", process.execPath, script, ...args];
  const child = spawn("setpriv", command, { stdio: "inherit", env: { ...process.env, FAIRLEAD_SANDBOX_ISOLATED: "1" } });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
}

export const isIsolated = process.env.FAIRLEAD_SANDBOX_ISOLATED === "1";
