import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { sandboxFolder } from "./paths";
import { SandboxError } from "./progress";

/** Makes sure that one sandbox at a time uses the clone's folder; a lock whose process is gone counts for nothing. */
export function takeLock(): () => void {
  const file = join(sandboxFolder, "lock");
  mkdirSync(sandboxFolder, { recursive: true });
  const owner = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  if (owner && isRunning(owner)) {
    throw new SandboxError(`A sandbox already runs in this clone (process ${owner}). Wait for it, end it, or use another clone.`);
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** Whether a process is there. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
