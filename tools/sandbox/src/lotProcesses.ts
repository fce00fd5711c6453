import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import pLimit from "p-limit";

import { failed, type Counts } from "./expectations";
import type { Lot } from "./lots";
import { runIsolated, type IsolatedProcess } from "./machine/isolation";
import { sandboxFolder } from "./paths";

/** What a process leaves of its lot. */
const countsFile = (name: string) => join(sandboxFolder, name, "counts.json");

/** Notes what a lot came to; its process ends then. */
export function writeCounts(name: string, counts: Counts): void {
  mkdirSync(join(sandboxFolder, name), { recursive: true });
  writeFileSync(countsFile(name), JSON.stringify(counts));
}

/**
 * Processes of lots. One more than there are processors run beside each other, since an engine waits now and then for what the provider waits for. With all of
 * them at once each waits for the others, and programs fail by clocks of their own.
 */
export class LotProcesses {
  private readonly inTurn = pLimit(availableParallelism() + 1);
  private readonly width: number;
  private readonly started: IsolatedProcess[] = [];
  private readonly ends: Promise<Counts>[] = [];

  /** @param lots all that are to run */
  constructor(private readonly lots: readonly Lot[]) {
    this.width = Math.max(...lots.map(({ name }) => name.length));
  }

  /** Starts those that can run now, when it is their turn. */
  start(canRun: (lot: Lot) => boolean): void {
    this.ends.push(...this.lots.filter(canRun).map((lot) => this.inTurn(() => this.run(lot))));
  }

  /** What all came to, once they have ended. */
  async end(): Promise<Counts> {
    const ended = await Promise.all(this.ends);
    return {
      passed: ended.reduce((sum, { passed }) => sum + passed, 0),
      failures: ended.flatMap(({ failures }) => failures),
    };
  }

  /** Ends what still runs. */
  async stop(): Promise<void> {
    this.inTurn.clearQueue();
    for (const { kill } of this.started) kill();
    await Promise.allSettled(this.started.map(({ exitCode }) => exitCode));
  }

  private async run({ name }: Lot): Promise<Counts> {
    rmSync(countsFile(name), { force: true });
    const isAlone = this.lots.length === 1;
    const began = Date.now();
    const prefix = isAlone ? undefined : `${name.padEnd(this.width)} | `;
    const isolated = runIsolated(process.argv[1]!, process.argv.slice(2), name, prefix);
    this.started.push(isolated);
    const counts = await isolated.exitCode.then((code) => countsOf(name, writtenCounts(name), code));
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    if (isAlone) return counts;
    console.log(`${name}: ${counts.passed} passed, ${counts.failures.length} failed (${seconds} s)`);
    return { ...counts, failures: counts.failures.map((failure) => `${name}: ${failure}`) };
  }
}

function writtenCounts(name: string): Counts | undefined {
  return existsSync(countsFile(name)) ? (JSON.parse(readFileSync(countsFile(name), "utf8")) as Counts) : undefined;
}

/** What a lot came to: a process that ended before it had counted is a check that failed, whatever its exit code. */
export function countsOf(name: string, written: Counts | undefined, exitCode: number): Counts {
  if (written && (exitCode === 0 || written.failures.length > 0)) return written;
  const failure = `${name} ended before its end, with exit code ${exitCode}`;
  console.log(failed(failure));
  return { passed: written?.passed ?? 0, failures: [failure] };
}
