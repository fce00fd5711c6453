import { renderTime, type ScheduledTask, type Timetable } from "./timetable";

/** A run of a job that goes on. */
export interface OngoingRun {
  /** Its exit code, once it has ended. */
  ended: Promise<number>;
  /** Ends it, as a task is stopped. */
  stop: () => Promise<void>;
}

/** What scheduled runs need of the world. */
export interface ScheduleHost {
  now: () => Date;
  /** Waits, at most until the signal. */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  start: (task: ScheduledTask) => OngoingRun;
  tell: (text: string) => void;
}

/** ECS starts the next run whether the one before has ended or not. One machine has an end. */
const mostAtOnce = 3;

/** Milliseconds after which the clock is looked at again: a machine that slept, or whose clock was set, is late by no more. */
const longestWait = 30_000;

/** Runs jobs when they are due, until a signal; then it ends those that run. */
export async function followSchedules(timetable: Timetable, host: ScheduleHost, signal: AbortSignal): Promise<void> {
  const ongoing = new Map<OngoingRun, string>();
  const begin = (task: ScheduledTask) => {
    const { name, schedule } = task;
    if ([...ongoing.values()].filter((other) => other === name).length >= mostAtOnce) {
      host.tell(`${name} is due, and is not started: ${mostAtOnce} runs of it go on. On AWS it would be started beside them.`);
      return;
    }
    host.tell(`${name} starts, by its schedule ${schedule.expression}`);
    const run = host.start(task);
    ongoing.set(run, name);
    void run.ended
      .then((code) => `ended with exit code ${code}`)
      .catch((error: unknown) => `could not be run: ${(error as Error).message}`)
      .then((how) => {
        ongoing.delete(run);
        const next = signal.aborted ? undefined : timetable.nextOf(name);
        host.tell(`${name} ${how}${next ? `; it runs next ${renderTime(next, schedule, host.now())}` : ""}`);
      });
  };
  while (!signal.aborted) {
    for (const task of timetable.takeDue(host.now())) begin(task);
    const { first } = timetable;
    const due = first === undefined ? longestWait : first.getTime() - host.now().getTime();
    if (due > 0) await host.wait(Math.min(due, longestWait), signal);
  }
  await Promise.all([...ongoing.keys()].map((run) => run.stop()));
}
