import type { ChildProcess } from "node:child_process";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** That somebody has ended the command, which then says no more than what became of its work. `main.ts` knows it by its code. */
export class Interruption extends Error {
  readonly code = "ABORT_ERR";
}

const running = new Set<ChildProcess>();
let isGuarded = false;
let isInterrupted = false;

/** @throws Interruption after Ctrl-C */
export function throwIfInterrupted(): void {
  if (isInterrupted) throw new Interruption("Interrupted.");
}

/**
 * Starts a command of Pulumi's that {@link interruptible} ends: in a process group of its own, since a terminal's Ctrl-C would reach it beside ours, and twice
 * ends it in the middle of its work.
 */
export function started(start: (options: { detached: boolean }) => ChildProcess): ChildProcess {
  const child = start({ detached: isGuarded });
  running.add(child);
  child.on("close", () => running.delete(child));
  child.on("error", () => running.delete(child));
  return child;
}

/**
 * Does what keeps things in folders that are to go, or changes a state: Ctrl-C has Pulumi end what it has begun, and at the second time at once; then the work
 * goes on to its own end.
 */
export async function interruptible<T>(work: () => Promise<T>): Promise<T> {
  const interrupt = () => {
    for (const child of running) {
      if (isInterrupted) process.kill(-child.pid!, "SIGKILL");
      else child.kill("SIGINT");
    }
    isInterrupted = true;
  };
  for (const signal of signals) process.on(signal, interrupt);
  isGuarded = true;
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
    isGuarded = isInterrupted = false;
  }
}
