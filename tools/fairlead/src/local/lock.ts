import { spawnSync } from "node:child_process";
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
      else progress.step(`waiting for process ${holder?.pid ?? "?"}, which changes this environment: ${file} is its lock`);
      await sleep(pause);
    }
  } finally {
    progress.end();
  }
  try {
    return await work();
  } finally {
    if (holderOf(file)?.pid === process.pid) rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, own(), { flag: "wx" });
    return true;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    throw new UserError(`${file} can't be written: ${message}`);
  }
}

interface Holder {
  pid: number;
  /** When it was started: numbers are given again, after a restart of the machine and in containers. */
  startedAt: string;
}

const own = (): string => `${process.pid} ${startOf(process.pid)}`;

function holderOf(file: string): Holder | undefined {
  const [, pid, startedAt = ""] = /^(\d+) (.*)$/.exec(existsSync(file) ? readFileSync(file, "utf8") : "") ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), startedAt };
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

function isRunning({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return startOf(pid) === startedAt;
}

/** Another text for another process of the same number; empty where nobody says. */
export function startOf(pid: number): string {
  if (process.platform === "win32") return "";
  try {
    // What comes before may have blanks and brackets: it is the program's name.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ")[19] ?? "";
  } catch {
    return spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).stdout?.trim() ?? "";
  }
}
