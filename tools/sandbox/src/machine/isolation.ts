import { spawn } from "node:child_process";
import { constants } from "node:os";

import { inWholeLines } from "../wholeLines";

/**
 * Runs this program again in a mount and a process namespace of its own, for one lot. When it ends, however it ends, the kernel ends every
 * process that it started, and the mounts are gone; nothing on the machine was changed.
 *
 * @param prefix before each line that it writes. Without one it writes where this process does.
 */
export function runIsolated(script: string, args: string[], lot: string, prefix?: string): IsolatedProcess {
  // Ends with this process even if that is killed.
  const unshare = ["--pdeathsig", "KILL", "unshare"];
  const command = [...unshare, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--", process.execPath, script, ...args];
  const output = prefix === undefined ? "inherit" : "pipe";
  const child = spawn("setpriv", command, { stdio: ["inherit", output, output], env: { ...process.env, FAIRLEAD_SANDBOX_LOT: lot } });
  if (child.stdout) inWholeLines(child.stdout, prefix!, (text) => process.stdout.write(text));
  if (child.stderr) inWholeLines(child.stderr, prefix!, (text) => process.stderr.write(text));
  const exitCode = new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal!]));
  });
  return { exitCode, kill: () => void child.kill("SIGKILL") };
}

/** A process with namespaces of its own. */
export interface IsolatedProcess {
  exitCode: Promise<number>;
  kill: () => void;
}

/** The lot that this process runs, where it is isolated. */
export const isolatedLot = process.env.FAIRLEAD_SANDBOX_LOT;
