import { scheduledRunValues } from "@fairlead/model";

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
  runs(translation);
}

/** How long a run may take, with all of its attempts, and how often one that failed is tried again. */
function runs(translation: Translation): void {
  const { root } = translation;
  const timeout = root.at("timeout");
  const seconds = timeout?.seconds();
  if (timeout && seconds !== undefined) {
    const { minimum, maximum } = scheduledRunValues.timeoutMinutes;
    const minutes = Math.min(maximum, Math.max(minimum, Math.ceil(seconds / 60)));
    translation.set("timeoutMinutes", minutes);
    if (minutes * 60 === seconds) timeout.claim();
    else if (seconds > maximum * 60)
      timeout.claim({ outcome: "dropped", to: "timeoutMinutes", was: timeout.text(), now: `${minutes} minutes`, text: longest });
    else timeout.claim({ outcome: "changed", was: timeout.text(), now: `${minutes} minutes`, text: "it is counted in whole minutes." });
  }
  const retries = root.at("retries");
  const number = retries?.number();
  if (number !== undefined) translation.set("retryAttempts", Math.min(scheduledRunValues.retryAttempts.maximum, number));
  retries?.claim(
    number !== undefined && number > scheduledRunValues.retryAttempts.maximum
      ? { outcome: "changed", was: String(number), now: String(scheduledRunValues.retryAttempts.maximum), text: "more are not made." }
      : {},
  );
}

const longest = "a run may take a day at most: one that takes longer is stopped. Have it run as a worker, or in parts.";
