import { containerVariableName, likelySecret, namesSecret, portVariable, regionVariable } from "@fairlead/model";

import type { Field } from "../../fields/field";
import { hasPlaceholder } from "../placeholder";
import { textOf } from "../textOf";
import type { TaskDefinitionTranslation } from "../translation";

const noName = "a variable's name has letters, digits, dots, hyphens and underscores alone, a letter or an underscore first.";

/** `environment` and `secrets` of a container. @param to keys that lead to the container that is written */
export function variables(translation: TaskDefinitionTranslation, container: Field, to: readonly string[]): void {
  const taken = new Set<string>();
  const { containerPort } = translation.manifest;
  const given = to.length > 0 ? [] : [regionVariable, ...(containerPort === undefined ? [] : [portVariable])];
  for (const item of container.at("secrets")?.items() ?? []) {
    if (!given.includes(textOf(item, "name") ?? "")) secret(translation, item, to, taken);
    else
      item.claim({
        outcome: "changed",
        to: undefined,
        text: "a service has this variable already, and ECS takes a name once: what the secret held has to be the same.",
      });
  }

  for (const item of container.at("environment")?.items() ?? []) plain(translation, item, to, taken);
}

function plain(translation: TaskDefinitionTranslation, item: Field, to: readonly string[], taken: Set<string>): void {
  const [name, value] = [textOf(item, "name"), textOf(item, "value") ?? ""];
  if (!checked(item, name, taken)) return;
  const isOpen = hasPlaceholder(value);
  const found =
    likelySecret(name, value) ?? (isOpen && namesSecret(name) ? { certainty: "perhaps", what: "what its name says" } : undefined);
  if (!found) {
    translation.set([...to, "environment"], name, value);
    const text = "A workflow fills it in: write the value, for each environment where it differs.";
    item.claim({ to: named(to, "environment", name), ...(isOpen && { outcome: "decide", text }) });
    return;
  }
  const { application, environment } = translation.context;
  const parameter = `/${application}/${environment}/${name}`;
  translation.set([...to, "secrets"], name, { ssm: parameter });
  item.claim({
    outcome: "decide",
    to: named(to, "secrets", name),
    text: `It ${found.certainty === "sure" ? "is" : "may be"} a secret (${found.what}), and its value was not taken over. Put a new one into Parameter Store: aws ssm put-parameter --type SecureString --name ${parameter} --value … The old one is known to whoever reads the task definition.`,
  });
}

function secret(translation: TaskDefinitionTranslation, item: Field, to: readonly string[], taken: Set<string>): void {
  const [name, from] = [textOf(item, "name"), textOf(item, "valueFrom")];
  if (!checked(item, name, taken)) return;
  if (from === undefined) {
    item.refuse("a secret with valueFrom");
    return;
  }
  const place = named(to, "secrets", name);
  if (isNowhere(from)) {
    const { application, environment } = translation.context;
    const parameter = `/${application}/${environment}/${name}`;
    translation.set([...to, "secrets"], name, { ssm: parameter });
    item.claim({
      outcome: "decide",
      to: place,
      now: parameter,
      text: "A workflow fills in where it lies: name the parameter, or the secret, that holds it.",
    });
    return;
  }
  const { version, ...source } = reference(from);
  translation.set([...to, "secrets"], name, source);
  const text =
    "It is pinned to this version of the secret, and tasks get the current one here (AWSCURRENT): see that it holds the same, or name a secret of its own that does.";
  item.claim({ to: place, ...(version !== undefined && { outcome: "decide", was: version, text }) });
}

const isNowhere = (from: string) =>
  hasPlaceholder(from) || !/^(?:arn:aws[a-z-]*:(?:ssm|secretsmanager):[a-z0-9-]+:\d{12}:[\w/:+=.@-]+|[\w/.-]+)$/.test(from);

/**
 * What ECS calls `valueFrom`: the name or ARN of a parameter, or the ARN of a secret with what of it, behind colons: a key, a stage, a version. `version` is a
 * stage or a version that is not the current one.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 */
function reference(from: string): Record<string, string> {
  const [, arn, rest = ""] = /^(arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:[^:]+)(?::(.*))?$/.exec(from) ?? [];
  if (arn !== undefined) {
    const [key, stage, id] = rest.split(":");
    const version = id || (stage === "AWSCURRENT" ? undefined : stage);
    return { secretsManager: arn, ...(key && { jsonKey: key }), ...(version && { version }) };
  }
  if (from.startsWith("arn:")) return { ssm: from };
  return { ssm: from.startsWith("/") ? from : `/${from}` };
}

/** Whether it has a name that can be taken over, once. */
function checked(item: Field, name: string | undefined, taken: Set<string>): name is string {
  if (name === undefined || name === "") item.refuse("an item with name");
  else if (!containerVariableName.test(name)) item.claim({ outcome: "dropped", to: undefined, text: noName });
  else if (taken.has(name))
    item.claim({ outcome: "dropped", to: undefined, text: "another one has its name already, which a container has once." });
  else {
    taken.add(name);
    return true;
  }
  return false;
}

const named = (to: readonly string[], map: string, name: string) => [...to, map, name].join(".");
