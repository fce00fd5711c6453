/** The forms of a schedule, in words. */
export const scheduleForms = "cron(minute hour day month weekday year), rate(5 minutes) or at(yyyy-mm-ddThh:mm:ss)";

const pattern = /^(cron\(\S+( \S+){5}\)|rate\([1-9]\d* (minute|hour|day)s?\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/;

/**
 * Whether EventBridge Scheduler and Application Auto Scaling would read a text as a schedule.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 * @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScheduledAction.html
 */
export function isSchedule(text: string): boolean {
  return pattern.test(text);
}
