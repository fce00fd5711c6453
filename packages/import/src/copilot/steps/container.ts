import { containerHealthCheckValues, likelySecret } from "@fairlead/model";

import type { Claimed, Field } from "../../fields/field";
import { secretInstead, secretWord, withheld } from "../../fields/secretWord";
import { shellWords } from "../../source/shellWords";
import { environmentMark } from "../interpolate";
import type { Translation } from "../translation";
import { setEntry } from "./setEntry";
import { secrets } from "./secrets";
import { variables } from "./variables";

/** What Copilot gives a health check that doesn't say so. */
const presets = {
  command: ["CMD-SHELL", "curl -f http://localhost/ || exit 1"],
  intervalSeconds: 10,
  timeoutSeconds: 5,
  retries: 2,
  startPeriodSeconds: 0,
};

/**
 * Keys that the service's container and its sidecars have.
 *
 * @param container part that has `variables`, `secrets`, `command` and others
 * @param image part that has `labels`, `depends_on` and `healthcheck`
 * @param to what stands before the keys that are written
 */
export function containerKeys(translation: Translation, container: Field, image: Field | undefined, to = ""): void {
  variables(translation, container, to);
  secrets(translation, container, to);
  words(translation, container.at("entrypoint"), `${to}entryPoint`);
  words(translation, container.at("command"), `${to}command`);
  for (const [name, field] of image?.at("labels")?.entries({ nulls: true }) ?? []) {
    const secret = likelySecret(name, unmarked(field.text() ?? ""));
    if (!secret) setEntry(translation, `${to}dockerLabels`, name, field.text());
    field.claim(secret && withheld(secret, "It", secretInstead.label));
  }
  dependsOn(translation, image?.at("depends_on"), to);
  healthCheck(translation, image?.at("healthcheck"), to);
}

function words(translation: Translation, field: Field | undefined, to: string): void {
  if (!field) return;
  const list = field.isList ? field.texts() : shellWords(field.text() ?? "");
  if (list === undefined) {
    field.refuse("words that a shell can split");
    return;
  }
  const secret = secretWord(list.map(unmarked));
  if (list.length > 0 && !secret) translation.set(to, list);
  field.claim(secret && withheld(secret, "A word of it", secretInstead.command));
}

/** A text as it is looked at for secrets: the mark of the environment's name is none. */
const unmarked = (text: string) => text.replaceAll(environmentMark, "x");

function dependsOn(translation: Translation, field: Field | undefined, to: string): void {
  for (const [name, condition] of field?.entries() ?? []) {
    const state = condition.text()?.toUpperCase();
    if (state === undefined || !["START", "COMPLETE", "SUCCESS", "HEALTHY"].includes(state)) {
      condition.refuse("start, complete, success or healthy");
      continue;
    }
    setEntry(translation, `${to}dependsOn`, name, state);
    condition.claim();
  }
}

function healthCheck(translation: Translation, field: Field | undefined, to: string): void {
  if (!field || field.entries().length === 0) return;
  const target = `${to}containerHealthCheck`;
  const command = field.at("command");
  const value: Record<string, unknown> = {
    command: command?.texts() ?? presets.command,
    intervalSeconds: secondsOf(field.at("interval")) ?? presets.intervalSeconds,
    timeoutSeconds: timeoutOf(field) ?? presets.timeoutSeconds,
    retries: field.at("retries")?.number() ?? presets.retries,
    startPeriodSeconds: secondsOf(field.at("start_period")) ?? presets.startPeriodSeconds,
  };
  const secret = secretWord((command?.texts() ?? []).map(unmarked));
  command?.claim(secret && withheld(secret, "A word of it", secretInstead.check));
  field.at("retries")?.claim();
  const interval = value.intervalSeconds as number;
  // ECS takes a check that lasts as long as the time until the next one; here it has to end before.
  if ((value.timeoutSeconds as number) >= interval) value.timeoutSeconds = Math.max(2, interval - 1);
  for (const [key, rule] of Object.entries(containerHealthCheckValues)) if (value[key] === rule.default) delete value[key];
  if (!secret) translation.set(target, value);
}

function timeoutOf(field: Field): number | undefined {
  const [timeout, interval] = [field.at("timeout"), field.at("interval")];
  const most = interval?.seconds() ?? presets.intervalSeconds;
  const isTooLong = timeout !== undefined && (timeout.seconds() ?? 0) >= most;
  return secondsOf(
    timeout,
    isTooLong
      ? { outcome: "changed", was: timeout.text(), now: `${Math.max(2, most - 1)} s`, text: "a check ends before the next one begins." }
      : {},
  );
}

/** Seconds of a field, whole ones, which it claims. */
export function secondsOf(field: Field | undefined, claimed: Claimed = {}): number | undefined {
  const seconds = field?.seconds();
  if (!field || seconds === undefined) return undefined;
  const whole = Math.max(1, Math.floor(seconds));
  if (whole === seconds || seconds === 0) field.claim(claimed);
  else field.claim({ outcome: "changed", was: field.text(), now: `${whole} s`, text: "it is counted in whole seconds." });
  return seconds === 0 ? 0 : whole;
}
