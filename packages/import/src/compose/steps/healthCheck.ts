import { containerHealthCheckValues } from "@fairlead/model";

import type { Claimed, Field } from "../../fields/field";
import { secretInstead, secretWord, withheld } from "../../fields/secretWord";
import type { ServiceTranslation } from "../serviceTranslation";

/** What Docker gives a check that doesn't say so. */
const presets = { interval: 30, timeout: 30, retries: 3 };

/** `healthcheck`: what ECS runs inside the container, and the path that it asks the program itself for. */
export function healthCheck(translation: ServiceTranslation): void {
  const field = translation.root.at("healthcheck");
  if (!field) return;
  if (!field.isMap) {
    field.refuse("a map with test");
    return;
  }
  const test = field.at("test");
  const disable = field.at("disable");
  const isOff = disable?.boolean() === true;
  const command = isOff ? ["NONE"] : test && commandOf(test);
  disable?.claim();
  const secret = secretWord(command ?? []);
  test?.claim(secret && withheld(secret, "A word of it", secretInstead.check));
  const value: Record<string, unknown> = {};
  const interval = limited(field.at("interval"), "intervalSeconds", presets.interval);
  const timeout = limited(field.at("timeout"), "timeoutSeconds", presets.timeout, interval - 1);
  const retries = field.at("retries");
  const most = containerHealthCheckValues.retries;
  const times = Math.min(most.maximum, Math.max(most.minimum, retries?.number() ?? presets.retries));
  retries?.claim(
    retries.text() === String(times)
      ? {}
      : { outcome: "changed", now: String(times), text: `ECS tries ${most.minimum} to ${most.maximum} times.` },
  );
  const start = field.at("start_period");
  Object.assign(value, { intervalSeconds: interval, timeoutSeconds: timeout, retries: times });
  if (start) value.startPeriodSeconds = limited(start, "startPeriodSeconds", 0);
  if (!command || command.length === 0 || secret) return;
  for (const [key, rule] of Object.entries(containerHealthCheckValues)) if (value[key] === rule.default) delete value[key];
  translation.set("containerHealthCheck", command[0] === "NONE" ? { command } : { command, ...value });
}

/** `CMD` is what ECS does with a list by itself; a text is for the shell. */
function commandOf(test: Field): string[] | undefined {
  if (!test.isList) return ["CMD-SHELL", test.text() ?? ""];
  const words = test.texts() ?? [];
  return words[0] === "CMD" ? words.slice(1) : words;
}

function limited(
  field: Field | undefined,
  key: "intervalSeconds" | "timeoutSeconds" | "startPeriodSeconds",
  preset: number,
  most = Infinity,
): number {
  const { minimum, maximum } = containerHealthCheckValues[key];
  const highest = Math.min(maximum, most);
  const taken = (seconds: number) => Math.max(minimum, Math.min(highest, Math.ceil(seconds)));
  const seconds = field?.seconds();
  if (!field || seconds === undefined) return taken(preset);
  const claimed: Claimed =
    taken(seconds) === seconds
      ? {}
      : {
          outcome: "changed",
          was: field.text(),
          now: `${taken(seconds)} s`,
          text: `ECS takes ${minimum} to ${highest} whole seconds here.`,
        };
  field.claim(claimed);
  return taken(seconds);
}

/** The path that a check inside the container asks the program for: the load balancer can ask for the same. */
export function checkedPath(command: readonly string[], port: number | undefined): string | undefined {
  const found = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::(\d+))?(\/[^\s"'|;&?#)]*)?/.exec(command.join(" "));
  if (!found || (found[1] !== undefined && port !== undefined && Number(found[1]) !== port)) return undefined;
  return found[2] ?? "/";
}
