import type { Translation } from "../translation";
import { awsSchedule } from "../schedule";

/** When a job runs, and how long it may. */
export function job(translation: Translation): void {
  const { root, type } = translation;
  if (type !== "Scheduled Job") return;
  const field = root.at("on", "schedule");
  const text = field?.text();
  if (field && text === "none") {
    translation.set("schedule", "rate(1 day)");
    translation.set("state", "DISABLED");
    field.claim({ outcome: "exact", to: "state" });
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
