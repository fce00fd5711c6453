import { containerHealthCheckValues, containerValues, imageUser, likelySecret } from "@fairlead/model";

import type { Field } from "../../fields/field";
import { secretWord } from "../../fields/secretWord";
import { textOf } from "../textOf";
import type { TaskDefinitionTranslation } from "../translation";
import { dependsOn } from "./dependsOn";
import { variables } from "./variables";

/** What every container of a task may say. @param to keys that lead to the container that is written */
export function container(
  translation: TaskDefinitionTranslation,
  field: Field,
  to: readonly string[],
  nameOf: (container: string) => string | undefined,
): void {
  words(translation, field.at("entryPoint"), to, "entryPoint");
  words(translation, field.at("command"), to, "command");
  variables(translation, field, to);
  const folder = field.at("workingDirectory");
  const path = folder?.text();
  if (path?.startsWith("/")) translation.set(to, "workingDirectory", path);
  folder?.claim(
    path === ""
      ? { outcome: "ignored", to: undefined, text: "it is empty, which ECS takes for not there." }
      : path?.startsWith("/")
        ? {}
        : { outcome: "decide", to: undefined, text: "Docker takes a folder that begins at / alone: write all of it." },
  );
  const user = field.at("user");
  const name = user?.text();
  translation.set(to, "user", name || imageUser);
  user?.claim(name === "" ? { outcome: "ignored", to: undefined, text: "it is empty, which ECS takes for not there." } : {});
  const readOnly = field.at("readonlyRootFilesystem");
  if (readOnly?.boolean() !== true) translation.set(to, "readonlyRootFilesystem", false);
  readOnly?.claim();
  const init = field.at("linuxParameters", "initProcessEnabled");
  init?.claim(init.boolean() ? {} : { outcome: "changed", now: "true", text: "an init process is there by default: it does no harm." });
  stopTimeout(translation, field.at("stopTimeout"), to);
  ulimits(translation, field, to);
  for (const [name, label] of field.at("dockerLabels")?.entries() ?? []) {
    const value = label.text() ?? "";
    const secret = likelySecret(name, value);
    if (!secret) translation.set([...to, "dockerLabels"], name, value);
    label.claim(secret ? { outcome: "decide", text: `It may be a secret (${secret.what}), and its value was not taken over.` } : {});
  }
  healthCheck(translation, field.at("healthCheck"), to);
  dependsOn(translation, field, to, nameOf);
}

function words(translation: TaskDefinitionTranslation, field: Field | undefined, to: readonly string[], key: string): void {
  const list = field?.texts();
  if (!field || !list || list.length === 0) return;
  const secret = secretWord(list);
  if (!secret) {
    translation.set(to, key, list);
    field.claim();
    return;
  }
  const text = `A word of it may be a secret (${secret.what}), so that it was not taken over: give the program that value as a variable, under secrets.`;
  field.claim({ outcome: "decide", text });
}

function stopTimeout(translation: TaskDefinitionTranslation, field: Field | undefined, to: readonly string[]): void {
  const seconds = field?.number();
  if (!field || seconds === undefined) return;
  const { minimum, maximum, default: preset } = containerValues.stopTimeoutSeconds;
  const taken = Math.min(maximum, Math.max(minimum, seconds));
  if (taken !== preset) translation.set(to, "stopTimeoutSeconds", taken);
  field.claim(
    taken === seconds
      ? {}
      : { outcome: "changed", was: String(seconds), now: String(taken), text: `Fargate waits ${minimum} to ${maximum} seconds.` },
  );
}

function ulimits(translation: TaskDefinitionTranslation, field: Field, to: readonly string[]): void {
  const taken: object[] = [];
  for (const item of field.at("ulimits")?.items() ?? []) {
    const [name, soft, hard] = ["name", "softLimit", "hardLimit"].map((key) => textOf(item, key));
    if (!name || !/^-?\d+$/.test(soft ?? "") || !/^-?\d+$/.test(hard ?? "")) item.refuse("name, softLimit and hardLimit");
    else if (name !== "nofile")
      item.claim({ outcome: "dropped", to: undefined, text: "Fargate takes a limit of open files (nofile) alone." });
    else {
      taken.push({ name, softLimit: Math.max(0, Number(soft)), hardLimit: Math.max(0, Number(hard)) });
      item.claim();
    }
  }
  if (taken.length > 0) translation.set(to, "ulimits", taken);
}

/** What ECS gives a check that doesn't say so. */
const presets = { interval: 30, timeout: 5, retries: 3, startPeriod: 0 };
const checkKeys = {
  interval: "intervalSeconds",
  timeout: "timeoutSeconds",
  retries: "retries",
  startPeriod: "startPeriodSeconds",
} as const;

function healthCheck(translation: TaskDefinitionTranslation, field: Field | undefined, to: readonly string[]): void {
  const command = field?.at("command");
  if (!field || !command) return;
  const list = command.texts() ?? [];
  const secret = secretWord(list);
  command.claim(secret ? { outcome: "decide", text: `A word of it may be a secret (${secret.what}): write the check without it.` } : {});
  const value: Record<string, unknown> = { command: list[0] === "CMD" ? list.slice(1) : list };
  for (const [key, name] of Object.entries(checkKeys) as [keyof typeof checkKeys, (typeof checkKeys)[keyof typeof checkKeys]][]) {
    const { minimum, maximum, default: preset } = containerHealthCheckValues[name];
    const part = field.at(key);
    const number = part?.number() ?? presets[key];
    const taken = Math.min(maximum, Math.max(minimum, number));
    if (taken !== preset) value[name] = taken;
    part?.claim(
      taken === number ? {} : { outcome: "changed", was: String(number), now: String(taken), text: `ECS takes ${minimum} to ${maximum}.` },
    );
  }
  const taken = (name: "intervalSeconds" | "timeoutSeconds") =>
    (value[name] as number | undefined) ?? containerHealthCheckValues[name].default;
  const [interval, timeout] = [taken("intervalSeconds"), taken("timeoutSeconds")];
  if (timeout >= interval) {
    value.timeoutSeconds = interval - 1;
    translation.say({
      outcome: "changed",
      source: `${field.path.join(".")}.timeout`,
      to: "containerHealthCheck.timeoutSeconds",
      now: String(interval - 1),
      text: "a check has to end before the next one begins.",
    });
  }
  if (!secret && (value.command as string[]).length > 0) translation.set(to, "containerHealthCheck", value);
}
