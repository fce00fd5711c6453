import type { Translation } from "../translation";
import { awsSchedule } from "../schedule";

/** When a job runs, and how long it may. */
export function job(translation: Translation): void {
  const { root, type } = translation;
  if (type !== "Scheduled Job") return;
  const field = root.at("on", "schedule");
  const text = field?.text();
  if (field && text === "none") {
    // No year has passed that comes again.
    translation.set("schedule", "cron(0 0 1 1 ? 1970)");
    field.claim({
      outcome: "decide",
      to: "schedule",
      text: "The job was switched off. Here it has a time that is past, so that it never runs: leave it so, or remove the service.",
    });
  } else if (field && text !== undefined) {
    const schedule = awsSchedule(text);
    if (schedule === undefined) field.refuse("five fields of cron, @every with whole minutes, @daily, rate(…) or cron(…)");
    else {
      translation.set("schedule", schedule);
      field.claim({ was: text, now: schedule });
    }
  }
  const timeout = root.at("timeout");
  timeout?.seconds();
  timeout?.claim();
  root.at("retries")?.claim();
}
