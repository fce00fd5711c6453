import { setTimeout as sleep } from "node:timers/promises";

import { textOf } from "../../textOf";
import { startedTasks } from "../choice";
import type { ComposeEngine } from "../composeEngine";
import type { OpenLocal } from "../openLocal";
import { notUp, rememberUp } from "../bringUp";
import { isUp, look, startedOnly } from "../watchParts";

/** Between two looks: each takes from what starts. */
const pauseMilliseconds = 1000;
const mostLooks = 60;

/** What becomes of services that were started anew, told beside what else goes on. */
export class Outcome {
  private followed: AbortController | undefined;

  constructor(
    private readonly compose: ComposeEngine,
    private readonly names: readonly string[],
  ) {}

  /** Says why some fail, once they do; what is followed already no longer counts. */
  follow(local: OpenLocal, tasks: readonly string[]): void {
    this.forget();
    const controller = new AbortController();
    this.followed = controller;
    this.tell(local, tasks, controller.signal).catch((error: unknown) => {
      if (!controller.signal.aborted) process.stderr.write(`${textOf(error)}\n`);
    });
  }

  forget(): void {
    this.followed?.abort();
  }

  private async tell(local: OpenLocal, tasks: readonly string[], signal: AbortSignal): Promise<void> {
    for (let looks = 0; looks < mostLooks; looks++) {
      await sleep(pauseMilliseconds, undefined, { signal, ref: false });
      const parts = startedOnly(await look(this.compose, local), startedTasks(local, this.names));
      signal.throwIfAborted();
      const failed = parts.filter(({ name, phase }) => tasks.includes(name) && phase === "failed");
      if (failed.length > 0) throw await notUp(this.compose, local, failed);
      if (isUp(parts)) return rememberUp(local, this.names);
    }
  }
}
