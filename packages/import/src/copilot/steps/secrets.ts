import { containerVariableName } from "@fairlead/model";

import type { Claimed, Field } from "../../fields/field";
import type { Translation } from "../translation";

/** `secrets` of a container. @param to what stands before the keys of the container that is written */
export function secrets(translation: Translation, container: Field, to = ""): void {
  for (const [name, field] of container.at("secrets")?.entries() ?? []) {
    if (!containerVariableName.test(name)) {
      field.claim({
        outcome: "dropped",
        to: undefined,
        text: "a variable's name has letters, digits, dots, hyphens and underscores alone, a letter or an underscore first.",
      });
      continue;
    }
    if (isVariable(translation, to, name)) {
      field.claim({
        outcome: "ignored",
        to: undefined,
        text: "there is a variable of this name, and ECS takes a name once: it refuses a task that has both.",
      });
      continue;
    }
    const imported = field.at("from_cfn");
    const managed = field.at("secretsmanager");
    if (imported) translation.importOf(imported, name, to);
    else if (managed) {
      translation.set(`${to}secrets.${name}`, secretsManager(managed.text() ?? ""));
      managed.claim();
    } else if (!field.isMap) {
      const value = field.text() ?? "";
      translation.set(`${to}secrets.${name}`, parameterOrSecret(value));
      const claimed: Claimed = value.startsWith("/") || value.startsWith("arn:") ? {} : { now: `/${value}`, was: value, outcome: "exact" };
      if (to === "") {
        field.cover();
        translation.storedSecrets.push({ field, variable: name, claimed });
      } else field.claim(claimed);
    }
  }
}

/** Whether the container has a variable of the name, plain or as a secret that its value was taken for. */
function isVariable({ manifest }: Translation, to: string, name: string): boolean {
  const container = to
    .split(".")
    .filter((key) => key !== "")
    .reduce<Record<string, unknown>>((map, key) => (map[key] ?? {}) as Record<string, unknown>, manifest);
  return name in ((container.environment ?? {}) as object) || name in ((container.secrets ?? {}) as object);
}

/** What ECS calls `valueFrom`: the name or ARN of a parameter, or the ARN of a secret with what of it. */
function parameterOrSecret(value: string): Record<string, string> {
  if (/^arn:[^:]*:secretsmanager:/.test(value)) return secretsManager(value);
  if (value.startsWith("arn:")) return { ssm: value };
  // A parameter at the top may be named without the slash, and is the same one with it.
  return { ssm: value.startsWith("/") ? value : `/${value}` };
}

/** `name:key:stage:version`, of which the last two are the newest by default. */
function secretsManager(value: string): Record<string, string> {
  const [, arn, key] = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+)(?::([^:]*).*)?$/.exec(value) ?? [];
  if (arn !== undefined) return key ? { secretsManager: arn, jsonKey: key } : { secretsManager: arn };
  const [name, jsonKey] = value.split(":");
  return jsonKey ? { secretsManager: name!, jsonKey } : { secretsManager: name! };
}
