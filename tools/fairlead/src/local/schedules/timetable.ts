import { nextRun, type Schedule, type Task } from "@fairlead/local";

/** A job with the schedule that runs it. */
export type ScheduledTask = Task & { schedule: Schedule };

/** Which jobs are due, and when next. It knows no clock. */
export class Timetable {
  private readonly next = new Map<string, Date | undefined>();

  /**
   * @param began from when on, and what a rate is counted from
   * @throws UserError where AWS would not take a schedule
   */
  constructor(
    readonly tasks: readonly ScheduledTask[],
    private readonly began: Date,
  ) {
    // What is due at that very time counts.
    for (const { name, schedule } of tasks) this.next.set(name, nextRun(schedule, new Date(began.getTime() - 1), began));
  }

  /** Undefined where it never is again. */
  nextOf(name: string): Date | undefined {
    return this.next.get(name);
  }

  /** The first time at which something is due. */
  get first(): Date | undefined {
    const [first] = [...this.next.values()].filter((time) => time !== undefined).sort((a, b) => a.getTime() - b.getTime());
    return first;
  }

  /** Those that are due by now, each once: what was due more than once while the machine slept is done once. */
  takeDue(now: Date): ScheduledTask[] {
    const due = this.tasks.filter(({ name }) => (this.next.get(name) ?? Infinity) <= now);
    for (const { name, schedule } of due) this.next.set(name, nextRun(schedule, now, this.began));
    return due;
  }
}

/** `report runs next at 2026-06-02 03:00 Europe/Berlin, in 2 h 5 min: cron(0 3 * * ? *)`, a line for each job. */
export function renderTimetable(timetable: Timetable, now: Date): string[] {
  return timetable.tasks.map(({ name, schedule }) => {
    const { expression, flexibleMinutes, isDisabled } = schedule;
    const next = timetable.nextOf(name);
    if (!next) return `${name} does not run: its schedule is ${isDisabled ? "disabled" : "over"}, ${expression}`;
    const flexible = flexibleMinutes === undefined ? "" : `; not up to ${flexibleMinutes} minutes later, as on AWS`;
    return `${name} runs next ${renderTime(next, schedule, now)}: ${expression}${flexible}`;
  });
}

/** `at 2026-06-02 03:00 Europe/Berlin, in 2 h 5 min` */
export function renderTime(time: Date, { timezone = "UTC" }: Schedule, now: Date): string {
  const minutes = Math.ceil((time.getTime() - now.getTime()) / 60_000);
  if (minutes <= 0) return "now";
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24];
  const parts = [days && `${days} d`, hours && `${hours} h`, days === 0 && minutes % 60 && `${minutes % 60} min`];
  // Sweden writes dates as ISO 8601 does.
  const shown = time.toLocaleString("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "short" });
  return `at ${shown} ${timezone}, in ${parts.filter(Boolean).join(" ")}`;
}
