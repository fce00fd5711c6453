import { isSchedule, scheduleForms, UserError } from "@fairlead/model";
import { Cron } from "croner";

import { cronPattern } from "./cronPattern";

/** When a job is run by EventBridge Scheduler. */
export interface Schedule {
  /** `cron(0 3 * * ? *)`, `rate(5 minutes)` or `at(2026-06-01T12:00:00)`. */
  expression: string;
  /** UTC without one. */
  timezone?: string;
  /** Whether it is switched off: `state` DISABLED. */
  isDisabled?: boolean;
  /** Times in ISO 8601, before and after which it does not run; what a rate is counted from. */
  startDate?: string;
  endDate?: string;
  /** Minutes by which AWS may be late, where the schedule leaves that open. */
  flexibleMinutes?: number;
}

const minute = 60_000;
const units = { minute, hour: 60 * minute, day: 24 * 60 * minute };

/**
 * The first time after another one at which a schedule is due; undefined where there is none any more. A time that a change of clocks leaves out is skipped,
 * and one that it repeats counts once, as at AWS. A rate without a start date begins at once.
 *
 * @param began when the schedule was made, for a rate
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @throws UserError where AWS would not take the expression or the time zone
 */
export function nextRun(schedule: Schedule, after: Date, began: Date): Date | undefined {
  const { expression, startDate, endDate, isDisabled } = schedule;
  const zone = zoneOf(schedule);
  if (!isSchedule(expression)) throw new UserError(`${expression} is no schedule: expected ${scheduleForms}.`);
  const [, form, text = ""] = /^(\w+)\((.*)\)$/.exec(expression)!;
  // One millisecond before: the start itself counts.
  const start = startDate === undefined ? undefined : new Date(Date.parse(startDate) - 1);
  const from = start && start > after ? start : after;
  const found =
    form === "rate"
      ? nextOfRate(text, from, startDate === undefined ? began : new Date(startDate))
      : form === "at"
        ? timeOf(text, zone)
        : nextOfCron(text, zone, from);
  if (isDisabled || !found || found <= from || (endDate !== undefined && found > new Date(endDate))) return undefined;
  return found;
}

function zoneOf({ expression, timezone = "UTC" }: Schedule): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timezone }).resolvedOptions().timeZone;
  } catch {
    throw new UserError(`${expression} in ${timezone}: expected a time zone of IANA's, such as Europe/Berlin.`);
  }
}

function nextOfRate(text: string, after: Date, anchor: Date): Date {
  const [count, unit = ""] = text.split(" ");
  const period = Number(count) * units[unit.replace(/s$/, "") as keyof typeof units];
  const runs = Math.floor((after.getTime() - anchor.getTime()) / period) + 1;
  return new Date(anchor.getTime() + Math.max(0, runs) * period);
}

function timeOf(text: string, zone: string): Date | undefined {
  const isDay = new Date(`${text}Z`).getTime() > 0 && new Date(`${text}Z`).toISOString().startsWith(text);
  if (!isDay) throw new UserError(`at(${text}): there is no such day or time.`);
  // Only that long ago it is known to be over, whatever the year.
  return patternOf(text, text, zone).nextRun(new Date(0)) ?? undefined;
}

function nextOfCron(text: string, zone: string, after: Date): Date | undefined {
  const cron = patternOf(cronPattern(text), text, zone);
  for (let found = cron.nextRun(after); found; found = cron.nextRun(found)) if (cron.match(found) && !isRepeated(found, zone)) return found;
  return undefined;
}

function patternOf(pattern: string, text: string, timezone: string): Cron {
  try {
    return new Cron(pattern, { mode: /T/.test(pattern) ? "auto" : "7-part", alternativeWeekdays: true, timezone, paused: true });
  } catch (error) {
    throw new UserError(`${text} can't be read as a schedule: ${(error as Error).message}`);
  }
}

/** Whether clocks have shown the same time before: they are set back by an hour, or by half of one on Lord Howe Island. */
function isRepeated(time: Date, zone: string): boolean {
  const shown = (at: number) => new Date(at).toLocaleString("en", { timeZone: zone });
  return [30, 60].some((minutes) => shown(time.getTime() - minutes * minute) === shown(time.getTime()));
}
