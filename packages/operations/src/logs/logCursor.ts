import type { FilteredLogEvent } from "@aws-sdk/client-cloudwatch-logs";

/** How far back is looked again: each time, and once a minute. Lines that come later than that are not followed. */
const lateness = { usual: 10_000, rare: 180_000 };

/** What was told of the streams of one source: what is asked for again is told once. */
export class LogCursor {
  /** Ids of events, by the time of the event. */
  private readonly told = new Map<string, number>();
  private newest = -Infinity;

  /** @param now milliseconds since 1970 */
  constructor(private readonly now: () => number) {}

  /** Whether an event was not told yet, which it then is. */
  take({ eventId, timestamp = 0 }: FilteredLogEvent): boolean {
    this.newest = Math.max(this.newest, timestamp);
    if (eventId === undefined) return true;
    if (this.told.has(eventId)) return false;
    this.told.set(eventId, timestamp);
    return true;
  }

  /**
   * From when to look again. A task's clock may be ahead: what it writes must not hide what others write now.
   *
   * @param since never before that
   * @param isRare whether to look further back than usual
   */
  from(since: number, isRare: boolean): number {
    const newest = Math.min(this.newest, this.now());
    for (const [id, timestamp] of this.told) if (timestamp < newest - lateness.rare) this.told.delete(id);
    return Math.max(since, newest - (isRare ? lateness.rare : lateness.usual));
  }
}
