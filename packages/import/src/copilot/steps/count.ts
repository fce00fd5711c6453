import type { Claimed, Field } from "../../fields/field";
import type { Translation } from "../translation";
import { secondsOf } from "./container";

/** `count`: how many tasks there are, and what they follow. */
export function count(translation: Translation): void {
  const { root, type } = translation;
  const field = root.at("count");
  if (!field) return;
  if (type === "Scheduled Job" || type === "Request-Driven Web Service") {
    field.claim();
    return;
  }
  if (!field.isMap) {
    const number = field.number();
    // The stacks that are written keep one task, as Copilot does.
    if (number !== 1) translation.set("desiredCount", number);
    field.claim();
    return;
  }
  const spot = field.at("spot");
  if (spot) {
    if (spot.number() !== 1) translation.set("desiredCount", spot.number());
    translation.set("capacityProviderStrategy", [{ capacityProvider: "FARGATE_SPOT" }]);
    spot.claim();
    return;
  }
  const limits = range(translation, field.at("range"));
  if (!limits) {
    for (const [, each] of field.entries())
      each.claim({ outcome: "ignored", to: undefined, text: "without range it has no effect: Copilot refuses such a count." });
    return;
  }
  translation.set("scaling.minCapacity", limits[0]);
  translation.set("scaling.maxCapacity", limits[1]);
  targets(translation, field);
}

function range(translation: Translation, field: Field | undefined): [number, number] | undefined {
  if (!field) return undefined;
  if (!field.isMap) {
    const [, least, most] = /^(\d+)-(\d+)$/.exec(field.text() ?? "") ?? [];
    if (least === undefined) {
      field.refuse("two numbers, such as 1-10");
      return undefined;
    }
    field.claim();
    return [Number(least), Number(most)];
  }
  const [min, max, spotFrom] = [field.at("min"), field.at("max"), field.at("spot_from")];
  const limits: [number, number] = [min?.number() ?? 0, max?.number() ?? 0];
  min?.claim();
  max?.claim();
  const from = spotFrom?.number();
  if (spotFrom && from !== undefined) {
    const base = Math.max(0, from - 1);
    translation.set("capacityProviderStrategy", [
      ...(base > 0 ? [{ capacityProvider: "FARGATE", base, weight: 0 }] : []),
      { capacityProvider: "FARGATE_SPOT", weight: 1 },
    ]);
    spotFrom.claim();
  }
  return limits;
}

function targets(translation: Translation, field: Field): void {
  const cpu = target(field.at("cpu_percentage"), (value) => translation.set("scaling.cpuPercent", value));
  const memory = target(field.at("memory_percentage"), (value) => translation.set("scaling.memoryPercent", value));
  const requests = target(field.at("requests"), (value) => translation.set("scaling.requestsPerTarget", value));
  const response = responseTime(translation, field.at("response_time"));
  const queue = queueDelay(translation, field.at("queue_delay"));
  const general = field.at("cooldown");
  cooldowns(
    translation,
    [cpu, memory, requests, response, queue].flatMap((each) => each ?? []),
    general,
  );
  // Copilot follows what is named, and nothing else.
  if (!cpu) translation.set("scaling.cpuPercent", false);
  if (!memory) translation.set("scaling.memoryPercent", false);
}

function responseTime(translation: Translation, field: Field | undefined): Field | undefined {
  if (!field) return undefined;
  const value = field.isMap ? field.at("value") : field;
  translation.set("scaling.responseTimeSeconds", value?.seconds());
  value?.claim();
  return field;
}

/** A target, as a number or with cooldowns of its own. Gives the part that has the cooldowns. */
function target(field: Field | undefined, set: (value: number | undefined) => void): Field | undefined {
  if (!field) return undefined;
  const value = field.isMap ? field.at("value") : field;
  set(value?.number());
  value?.claim();
  return field;
}

function queueDelay(translation: Translation, field: Field | undefined): Field | undefined {
  if (!field) return undefined;
  const [latency, processing] = [field.at("acceptable_latency"), field.at("msg_processing_time")];
  const [most, each] = [latency?.seconds(), processing?.seconds()];
  if (most && each) translation.set("scaling.messagesPerTask", Math.max(1, Math.ceil(most / each)));
  const now: Claimed = most && each ? { now: `messagesPerTask: ${Math.max(1, Math.ceil(most / each))}` } : {};
  latency?.claim(now);
  processing?.claim(now);
  return field;
}

/** Copilot has cooldowns for each target, and for all of them; here they are a service's. */
function cooldowns(translation: Translation, targeted: Field[], general: Field | undefined): void {
  for (const [key, to] of [
    ["in", "scaleInCooldownSeconds"],
    ["out", "scaleOutCooldownSeconds"],
  ] as const) {
    const own = targeted.flatMap((each) => (each.isMap ? (each.at("cooldown", key) ?? []) : []));
    const all = general?.at(key);
    const chosen = all ?? own[0];
    translation.set(`scaling.${to}`, secondsOf(chosen));
    for (const other of own) {
      if (other === chosen) continue;
      if (other.seconds() === chosen?.seconds()) other.claim();
      else
        other.claim({
          outcome: "changed",
          was: other.text(),
          now: chosen?.text(),
          text: "a service has one cooldown for all that it follows.",
        });
    }
  }
}
