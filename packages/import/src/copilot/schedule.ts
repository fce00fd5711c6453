import { durationSeconds } from "../fields/duration";

const presets: Record<string, string> = {
  "@hourly": "cron(0 * * * ? *)",
  "@midnight": "cron(0 0 * * ? *)",
  "@daily": "cron(0 0 * * ? *)",
  "@weekly": "cron(0 0 ? * 1 *)",
  "@monthly": "cron(0 0 1 * ? *)",
  "@annually": "cron(0 0 1 1 ? *)",
  "@yearly": "cron(0 0 1 1 ? *)",
};

/**
 * A job's schedule as EventBridge reads it, made as Copilot makes it: `rate(…)`, `cron(…)`, `@every 5m`, `@daily`, or five fields of cron. Undefined for
 * what Copilot refuses.
 *
 * @see https://github.com/aws/copilot-cli/blob/mainline/internal/pkg/deploy/cloudformation/stack/scheduled_job.go
 */
export function awsSchedule(schedule: string): string | undefined {
  if (/^(?:rate|cron)\(.*\)$/.test(schedule)) return schedule;
  if (schedule.startsWith("@every ")) return rate(schedule.slice("@every ".length).trim());
  if (schedule.startsWith("@")) return presets[schedule];
  return cron(schedule);
}

function rate(duration: string): string | undefined {
  const seconds = durationSeconds(duration);
  if (seconds === undefined || seconds < 60 || seconds % 60 !== 0) return undefined;
  return seconds === 60 ? "rate(1 minute)" : `rate(${seconds / 60} minutes)`;
}

function cron(schedule: string): string | undefined {
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== 5 || !fields.every((field) => /^[\dA-Za-z*?,/#L-]+$/.test(field))) return undefined;
  const [minute, hour, , month] = fields as [string, string, string, string];
  let [, , day, , weekday] = fields as [string, string, string, string, string];
  const isSpecified = (field: string) => !/[*?]/.test(field);
  if (isSpecified(day) && isSpecified(weekday)) return undefined;
  if (!isSpecified(day) && !isSpecified(weekday)) [day, weekday] = ["*", "?"];
  else if (isSpecified(weekday)) day = "?";
  else weekday = "?";
  // Copilot adds one to each digit: weekdays count from 0 there, and from 1 in EventBridge.
  weekday = weekday.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 1));
  return `cron(${[minute, hour, day, month, weekday].join(" ")} *)`;
}
