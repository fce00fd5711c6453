import type { ChildProcess } from "node:child_process";

import type { ComposeEngine } from "../composeEngine";
import { endGroup } from "../endGroup";
import type { OpenLocal } from "../openLocal";
import { printLogs } from "../verbs/logs";

/** The logs of an environment while it is another one again and again: nothing is told twice, and nothing left out. */
export class FollowedLogs {
  private child: ChildProcess | undefined;
  private since = new Date();
  /** Services whose containers end because others take their place. */
  readonly replaced = new Set<string>();

  constructor(private readonly compose: ComposeEngine) {}

  follow(local: OpenLocal): void {
    this.stop();
    const child = printLogs(this.compose, local, [], {
      follow: true,
      tail: "all",
      since: this.since.toISOString(),
      isReplaced: (service) => this.replaced.has(service),
    });
    this.child = child;
    // Compose follows no further when all have ended.
    child.on("close", () => {
      if (this.child !== child) return;
      this.since = new Date();
      setTimeout(() => this.child === child && this.follow(local), 1000).unref();
    });
  }

  stop(): void {
    if (!this.child) return;
    const { child } = this;
    this.child = undefined;
    this.since = new Date();
    endGroup(child);
  }
}
