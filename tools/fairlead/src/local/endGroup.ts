import type { ChildProcess } from "node:child_process";

/**
 * Ends a program with all that it started, where it leads a group (`detached`): Docker's command line before 25 keeps a signal from Compose, which it runs. In a
 * terminal's own group a Ctrl-C reaches both.
 */
export function endGroup(child: ChildProcess): void {
  if (process.platform === "win32" || child.pid === undefined) return void child.kill();
  try {
    process.kill(-child.pid, "SIGTERM");
  } catch {
    child.kill();
  }
}
