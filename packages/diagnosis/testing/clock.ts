/**
 * The time of a scripted account. It stands still until something waits: then it goes on to the first who is due, so that a wait takes no real time.
 */
export class ScriptedClock {
  private readonly waiting: { due: number; resume: () => void }[] = [];
  private isPumping = false;

  /** @param now milliseconds since 1970 */
  constructor(private now = Date.UTC(2026, 5, 1, 12, 0, 0)) {}

  /** Milliseconds since 1970. */
  get milliseconds(): number {
    return this.now;
  }

  /** The time so many seconds ago. */
  ago(seconds: number): Date {
    return new Date(this.now - seconds * 1000);
  }

  /** The time in so many seconds. */
  in(seconds: number): Date {
    return this.ago(-seconds);
  }

  /** Goes on at once. */
  advance(seconds: number): void {
    this.now += seconds * 1000;
  }

  /** Waits in the clock's own time. */
  sleep(milliseconds: number): Promise<void> {
    if (milliseconds <= 0) return Promise.resolve();
    return new Promise((resume) => {
      this.waiting.push({ due: this.now + milliseconds, resume });
      void this.pump();
    });
  }

  private async pump(): Promise<void> {
    if (this.isPumping) return;
    this.isPumping = true;
    while (this.waiting.length > 0) {
      // Whoever can still do something without waiting does it first.
      for (let turn = 0; turn < 5; turn++) await new Promise((next) => setImmediate(next));
      const next = Math.min(...this.waiting.map(({ due }) => due));
      this.now = Math.max(this.now, next);
      const due = this.waiting.filter((each) => each.due <= this.now);
      for (const each of due) this.waiting.splice(this.waiting.indexOf(each), 1);
      for (const { resume } of due) resume();
    }
    this.isPumping = false;
  }
}
