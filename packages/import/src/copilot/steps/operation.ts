import { likelySecret, logRetentions } from "@fairlead/model";

import type { Field } from "../../fields/field";
import { secretInstead, withheld } from "../../fields/secretWord";
import { environmentMark } from "../interpolate";
import type { Translation } from "../translation";
import { setEntry } from "./setEntry";

/** Deployments, traces and logs. */
export function operation(translation: Translation): void {
  const { root, type } = translation;
  logging(translation, root.at("logging"));
  if (type === "Scheduled Job") {
    root.at("deployment")?.claim();
    root.at("observability")?.claim();
    return;
  }
  deployment(translation, root.at("deployment"));
  const tracing = root.at("observability", "tracing");
  if (!tracing) return;
  if (tracing.text()?.toLowerCase() === "awsxray") {
    translation.set("tracing", "OTEL");
    tracing.claim({ now: "OTEL: the same collector" });
  } else tracing.refuse("awsxray");
}

function deployment(translation: Translation, field: Field | undefined): void {
  const rolling = field?.at("rolling");
  if (rolling?.text()?.toLowerCase() === "recreate") {
    translation.set("deployment", { minimumHealthyPercent: 0, maximumPercent: 100 });
    rolling.claim();
  } else rolling?.claim({ to: "deployment (its defaults)" });
  const alarms = field?.at("rollback_alarms");
  if (!alarms) return;
  if (!alarms.isMap) {
    alarms.claim();
    return;
  }
  for (const [key, to] of [
    ["cpu_utilization", "alarms.cpuPercent"],
    ["memory_utilization", "alarms.memoryPercent"],
  ] as const) {
    const each = alarms.at(key);
    const percent = Number(each?.text());
    if (each && percent >= 1 && percent <= 100) translation.set(to, percent);
    each?.claim();
  }
  alarms.at("messages_delayed")?.claim();
}

function logging(translation: Translation, field: Field | undefined): void {
  if (!field) return;
  const retention = field.at("retention");
  const days = retention?.number();
  if (days !== undefined) translation.logRetentionDays = (logRetentions as readonly number[]).find((each) => each >= days) ?? days;
  retention?.claim();
  const options = field.at("destination")?.entries({ nulls: true }) ?? [];
  for (const [key, option] of options) {
    const secret = likelySecret(key, (option.text() ?? "").replaceAll(environmentMark, "x"));
    if (!secret) setEntry(translation, "logRouting.options", key, option.text());
    option.claim(secret && withheld(secret, "It", secretInstead.logOption));
  }
  for (const key of ["image", "enableMetadata", "secretOptions", "configFilePath", "variables", "secrets", "env_file"]) {
    const each = field.at(key);
    const isPreset = key === "enableMetadata" && each?.boolean() === true;
    each?.claim(isPreset ? { outcome: "exact", to: undefined } : {});
  }
}
