import type { ChildProcess } from "node:child_process";

/** Ends a program that was started `detached`, with all that it started: Docker's command line before 25 keeps a signal from Compose, which it runs. */
export function endGroup(child: ChildProcess): void {
  if (process.platform === "win32" || child.pid === undefined) return void child.kill();
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch {
    // It has ended.
  }
}
