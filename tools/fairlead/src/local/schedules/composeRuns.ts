import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { networkHolder, type Task } from "@fairlead/local";

import type { LogPrinter } from "../../operate/renderLogs";
import type { ComposeEngine } from "../composeEngine";
import { NotStarted } from "../composeErrors";
import { endGroup } from "../endGroup";
import { composeArguments } from "../files";
import type { OpenLocal } from "../openLocal";
import { checkSecrets } from "../secrets";
import type { OngoingRun, ScheduleHost } from "./scheduledRuns";
import type { ScheduledTask } from "./timetable";

/**
 * Starts what holds the networks of jobs. A run starts nothing else: what it needs is up, and a migration that it waited for isn't run again.
 *
 * @throws UserError with the engine's words
 */
export async function startNetworks(compose: ComposeEngine, local: OpenLocal, tasks: readonly Pick<Task, "name">[]): Promise<void> {
  if (tasks.length === 0) return;
  const words = ["--progress", "quiet", "up", "--detach", "--no-deps", ...tasks.map(({ name }) => networkHolder(name))];
  const { status, stderr } = await compose.call(["compose", ...composeArguments(local), ...words]);
  if (status !== 0) throw new NotStarted(stderr);
}

/** Runs jobs as `local run` does, with what they write among the other logs. */
export function composeRuns(compose: ComposeEngine, local: OpenLocal, printer: LogPrinter): ScheduleHost {
  let count = 0;
  return {
    now: () => new Date(),
    wait: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
    start: (task) => {
      try {
        // Somebody may have edited them since.
        checkSecrets(local);
      } catch (error) {
        return { ended: Promise.reject(error as Error), stop: () => Promise.resolve() };
      }
      return startRun(compose, local, task, `${Date.now().toString(36)}${count++}`, printer);
    },
    tell: (text) => process.stderr.write(`${text}\n`),
  };
}

function startRun(compose: ComposeEngine, local: OpenLocal, { name }: ScheduledTask, id: string, printer: LogPrinter): OngoingRun {
  const container = `${local.place.project}-${name}-scheduled-${id}`;
  const words = ["--progress", "quiet", "run", "--rm", "--quiet-pull", "--no-deps", "--no-TTY", "--name", container, name];
  const child = compose.spawn([...composeArguments(local), ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    // A Ctrl-C is for this process, which ends the run.
    detached: process.platform !== "win32",
  });
  for (const stream of [child.stdout!, child.stderr!])
    createInterface({ input: stream }).on("line", (message) => {
      const line = printer.line({ timestamp: Date.now(), service: name, container: name, isOwn: true, task: "", message });
      process.stdout.write(`${line}\n`);
    });
  const ended = new Promise<number>((resolve, reject) => child.on("error", reject).on("close", (code) => resolve(code ?? 1)));
  const stop = async () => {
    await compose.call(["stop", container]);
    // Where the container was not made yet there was nothing to stop.
    endGroup(child);
    await ended.catch(() => undefined);
    await compose.call(["rm", "--force", container]);
  };
  return { ended, stop };
}
