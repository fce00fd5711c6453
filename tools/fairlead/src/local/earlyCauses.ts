import type { ComposeEngine } from "./composeEngine";
import type { LocalContainer } from "./containers";
import { listensElsewhere } from "./listening";
import type { PartState } from "./taskStates";

/** Milliseconds that a program has before it is asked where it listens, and between two questions. */
const grace = 8000;
const pause = 2000;

/** Milliseconds after which the load balancer has seen that a container is another one than the one that it sent to. */
const remembrance = 60_000;

/** What can be said of services, by where they listen, before the load balancer says it. */
export class EarlyCauses {
  private readonly asked = new Map<string, number>();
  private readonly causes = new Map<string, string>();
  /** Services that were asked. */
  private readonly hasHadTime = new Set<string>();
  /** Containers that listen, each with the time that it was started at. */
  private readonly listening = new Set<string>();

  constructor(private readonly compose: ComposeEngine) {}

  /**
   * The same parts. Those that listen on localhost alone have failed: more patience brings no answer. Those that have just begun and don't listen yet are not up,
   * though the load balancer may have found the container up whose address they have now.
   */
  async seen(parts: readonly PartState[], now = performance.now()): Promise<PartState[]> {
    return Promise.all(
      parts.map(async (part): Promise<PartState> => {
        const phase = (await this.isTooEarly(part)) ? "waiting" : part.phase;
        return { ...part, phase: phase === "waiting" && (await this.isHopeless(part, now)) ? "failed" : phase };
      }),
    );
  }

  /** `web (nothing listens on its containerPort 8080; it listens on [::]:3000)`, `web (its health check is answered with 404)` */
  described({ name, check }: PartState): string {
    const cause = this.causes.get(name) ?? (check !== undefined && this.hasHadTime.has(name) ? `its health check ${check}` : undefined);
    return cause === undefined ? name : `${name} (${cause})`;
  }

  private async isTooEarly({ phase, task, containers }: PartState): Promise<boolean> {
    const target = targetIn(task, containers);
    if (phase !== "up" || !target || Date.now() - Date.parse(target.startedAt) > remembrance) return false;
    const start = `${target.id} ${target.startedAt}`;
    if (this.listening.has(start)) return false;
    if (await listensElsewhere(task!, target.id, this.compose)) return true;
    this.listening.add(start);
    return false;
  }

  private async isHopeless({ name, task, containers }: PartState, now: number): Promise<boolean> {
    const target = targetIn(task, containers);
    const last = this.asked.get(name);
    if (!target) return false;
    if (last === undefined) this.asked.set(name, now + grace - pause);
    if (last === undefined || now - last < pause) return false;
    this.asked.set(name, now);
    this.hasHadTime.add(name);
    const before = this.causes.get(name);
    const found = await listensElsewhere(task!, target.id, this.compose);
    if (found) this.causes.set(name, found.cause);
    else this.causes.delete(name);
    // Twice the same: a program may listen once more a moment later.
    return found?.id === "loopback" && found.cause === before;
  }
}

/** The container to which requests are sent. */
function targetIn(task: PartState["task"], containers: readonly LocalContainer[]): LocalContainer | undefined {
  const own = task?.registrations.length ? containers.find(({ service }) => service === task.name) : undefined;
  return own?.state === "running" ? own : undefined;
}
