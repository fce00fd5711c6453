import { setTimeout as sleep } from "node:timers/promises";

import { textOf } from "../../textOf";
import { notUp, rememberUp } from "../bringUp";
import { startedTasks } from "../choice";
import type { ComposeEngine } from "../composeEngine";
import { EarlyCauses } from "../earlyCauses";
import type { OpenLocal } from "../openLocal";
import { isUp, look, startedOnly } from "../watchParts";

/** Between two looks: each takes from what starts. */
const pauseMilliseconds = 1000;
/** A program that ends at once was up when it was looked at first. */
const looksBeforeItCounts = 5;

/** What becomes of services that were started anew, told beside what else goes on. */
export class Outcome {
  /** Names of those of which it is not known yet. */
  private readonly open = new Set<string>();
  /** Those that were told to have failed. */
  private readonly failed = new Set<string>();
  private readonly hints = new Map<string, string>();
  private following: AbortController | undefined;

  /** @param timeout seconds after which what is not up counts as failed */
  constructor(
    private readonly compose: ComposeEngine,
    private readonly names: readonly string[],
    private readonly timeout: number,
  ) {}

  /** Says why some fail, once they do. */
  follow(local: OpenLocal, tasks: readonly string[]): void {
    this.pause();
    for (const name of tasks) this.open.add(name);
    const controller = new AbortController();
    this.following = controller;
    this.tell(local, controller.signal).catch((error: unknown) => {
      if (controller.signal.aborted) return;
      this.open.clear();
      process.stderr.write(`${textOf(error)}\n`);
    });
  }

  /** Looks no further until {@link follow}: what runs is about to be another one. */
  pause(): void {
    this.following?.abort();
  }

  /** What is known of one that isn't up, once. */
  private hint(name: string, described: string): void {
    if (described === name || this.hints.get(name) === described) return;
    this.hints.set(name, described);
    process.stderr.write(`waiting for ${described}\n`);
  }

  private async tell(local: OpenLocal, signal: AbortSignal): Promise<void> {
    const early = new EarlyCauses(this.compose);
    const until = performance.now() + this.timeout * 1000;
    for (let looks = 1; this.open.size > 0; looks++) {
      await sleep(pauseMilliseconds, undefined, { signal, ref: false });
      const parts = await early.seen(startedOnly(await look(this.compose, local), startedTasks(local, this.names)));
      signal.throwIfAborted();
      // What is no task's is a database or the like, which others wait for.
      const own = parts.filter(({ name, task }) => !task || this.open.has(name));
      const failed = own.filter(({ phase }) => phase === "failed" || (phase === "waiting" && performance.now() > until));
      if (failed.length > 0) {
        for (const { name } of failed) this.failed.add(name);
        throw await notUp(this.compose, local, failed);
      }
      for (const part of own.filter(({ phase }) => phase === "waiting")) this.hint(part.name, early.described(part));
      if (looks < looksBeforeItCounts) continue;
      const waiting = own.filter(({ phase }) => phase === "waiting").map(({ name }) => name);
      for (const name of [...this.open].filter((each) => !waiting.includes(each))) {
        this.open.delete(name);
        if (this.failed.delete(name) || this.hints.delete(name)) process.stderr.write(`${name} is up\n`);
      }
      if (isUp(parts)) rememberUp(local, this.names);
    }
  }
}
