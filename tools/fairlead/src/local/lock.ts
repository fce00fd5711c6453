import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "@fairlead/model";

import { Progress } from "../progress";
import type { ComposeEngine } from "./composeEngine";
import type { Place } from "./place";

/** Milliseconds between two looks. */
const pause = 100;
const mostUnnamed = 20;

/**
 * Does something to an environment while no other command does: two that Compose brings up at once take each other's containers and networks away. Waits for the other.
 *
 * A command that is killed leaves its lock behind, which then is nobody's.
 */
export async function alone<T>(compose: ComposeEngine, { folder }: Pick<Place, "folder">, work: () => Promise<T>): Promise<T> {
  const file = join(folder, "lock");
  mkdirSync(folder, { recursive: true });
  const progress = new Progress();
  try {
    for (let looksUnnamed = 0; !take(file);) {
      if (compose.hasEnded) throw new UserError("Interrupted.");
      const holder = holderOf(file);
      // Who takes it writes its name a moment later.
      looksUnnamed = holder === undefined ? looksUnnamed + 1 : 0;
      if (holder === undefined ? looksUnnamed > mostUnnamed : !isRunning(holder)) removeStale(file);
      else progress.step(`waiting for process ${holder ?? "?"}, which changes this environment: ${file} is its lock`);
      await sleep(pause);
    }
  } finally {
    progress.end();
  }
  try {
    return await work();
  } finally {
    if (holderOf(file) === process.pid) rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    throw new UserError(`${file} can't be written: ${message}`);
  }
}

function holderOf(file: string): number | undefined {
  const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : NaN;
  return Number.isInteger(holder) && holder > 0 ? holder : undefined;
}

/** Of two that do so at once one moves it away, and the other finds it gone or puts back what it took of somebody who lives. */
function removeStale(file: string): void {
  const moved = `${file}.${process.pid}`;
  try {
    renameSync(file, moved);
  } catch {
    return;
  }
  const holder = holderOf(moved);
  if (holder !== undefined && isRunning(holder)) renameSync(moved, file);
  else rmSync(moved, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
