import type { ChildProcess } from "node:child_process";

import type { ComposeEngine } from "../composeEngine";
import { endGroup } from "../endGroup";
import type { OpenLocal } from "../openLocal";
import { LastLines, printLogs } from "../verbs/logs";

/** The logs are asked for from so long before they stopped: this machine's clock and the engine's are two. */
const overlapMilliseconds = 10_000;

/** The logs of an environment while it is another one again and again: nothing is told twice, and nothing left out. */
export class FollowedLogs {
  private child: ChildProcess | undefined;
  private since = new Date();
  private readonly last = new LastLines();
  /** How often each service's container is being replaced by another. */
  private readonly replaced = new Map<string, number>();
  private failures = 0;

  constructor(private readonly compose: ComposeEngine) {}

  follow(local: OpenLocal): void {
    this.stop();
    if (this.compose.hasEnded) return;
    const child = printLogs(this.compose, local, [], {
      follow: true,
      tail: "all",
      since: this.since.toISOString(),
      after: this.last,
      isReplaced: (service) => (this.replaced.get(service) ?? 0) > 0,
    });
    this.child = child;
    // Compose follows no further when all have ended.
    child.on("close", (code) => {
      if (this.child !== child) return;
      this.failures = code === 0 ? 0 : this.failures + 1;
      this.stopped();
      setTimeout(() => this.child === child && this.follow(local), Math.min(1000 * 2 ** this.failures, 30_000)).unref();
    });
    child.on("error", () => undefined);
  }

  /** Containers that end because others take their place are nothing to tell of. @returns what says that they have */
  replacing(services: readonly string[]): () => void {
    const add = (by: number) => services.forEach((service) => this.replaced.set(service, (this.replaced.get(service) ?? 0) + by));
    add(1);
    return () => add(-1);
  }

  stop(): void {
    if (!this.child) return;
    const { child } = this;
    this.child = undefined;
    this.stopped();
    endGroup(child);
  }

  private stopped(): void {
    this.since = new Date(Math.max(this.since.getTime(), Date.now() - overlapMilliseconds));
  }
}
