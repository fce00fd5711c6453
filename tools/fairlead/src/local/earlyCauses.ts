import type { ComposeEngine } from "./composeEngine";
import { listensElsewhere } from "./listening";
import type { PartState } from "./taskStates";

/** Milliseconds that a program has before it is asked where it listens, and between two questions. */
const grace = 8000;
const pause = 2000;

/** What can be said of services that the load balancer waits for, long before they count as failed. */
export class EarlyCauses {
  private readonly asked = new Map<string, number>();
  private readonly causes = new Map<string, string>();

  constructor(private readonly compose: ComposeEngine) {}

  /** The same parts, where those that listen on localhost alone have failed: more patience brings no answer. */
  async seen(parts: readonly PartState[], now = performance.now()): Promise<PartState[]> {
    return Promise.all(parts.map(async (part) => ((await this.isHopeless(part, now)) ? { ...part, phase: "failed" } : part)));
  }

  /** `web (nothing listens on its containerPort 8080; it listens on [::]:3000)` */
  described({ name }: PartState): string {
    const cause = this.causes.get(name);
    return cause === undefined ? name : `${name} (${cause})`;
  }

  private async isHopeless({ name, task, phase, containers }: PartState, now: number): Promise<boolean> {
    const [container] = containers.filter(({ service }) => service === task?.name);
    if (phase !== "waiting" || !task || task.registrations.length === 0 || container?.state !== "running") return false;
    const last = this.asked.get(name);
    if (last === undefined) this.asked.set(name, now + grace - pause);
    else if (now - last >= pause) {
      this.asked.set(name, now);
      const before = this.causes.get(name);
      const found = await listensElsewhere(task, container.id, this.compose);
      if (found) this.causes.set(name, found.cause);
      else this.causes.delete(name);
      // Twice the same: a program may listen once more a moment later.
      return found?.id === "loopback" && found.cause === before;
    }
    return false;
  }
}
