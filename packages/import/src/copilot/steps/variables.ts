import { containerVariableName, likelySecret } from "@fairlead/model";

import { environmentMark } from "../interpolate";
import type { Field } from "../../fields/field";
import type { Translation } from "../translation";
import { setEntry } from "./setEntry";

/** `variables` and `env_file` of a container. @param to what stands before the keys of the container that is written, such as `sidecars.proxy.` */
export function variables(translation: Translation, container: Field, to = ""): void {
  const fromFile = envFile(translation, container.at("env_file"), to);
  const own = container.at("variables");
  for (const [name, field] of own?.entries({ nulls: true }) ?? []) {
    fromFile.delete(name);
    const imported = field.at("from_cfn");
    // A container beside the service's own gets nothing of data.
    if (imported && to !== "") imported.claim();
    else if (imported) translation.importOf(imported, name);
    else if (listed(field)) {
      write(translation, name, listed(field)!, field, to);
      field.claim({
        outcome: "changed",
        to: `${to}environment.${name}`,
        text: "a text that is a list of texts in JSON. Copilot 1.34 takes it for a list and refuses it; versions before took it as it stands, which is written here.",
      });
    }
    // What else a map holds is told as a key that nobody knows.
    else if (!field.isMap) write(translation, name, field.text() ?? "", field, to);
  }
  for (const [name, value] of fromFile) write(translation, name, value, container.at("env_file"), to, true);
}

/** The text of a variable that is a list of texts in JSON; undefined where it is none. */
function listed({ node }: Field): string | undefined {
  const { origin } = node;
  if (node.kind !== "list" || origin.kind !== "scalar") return undefined;
  const texts = node.items.map((item) => (item.kind === "scalar" ? item.text : ""));
  return origin.text.includes("${") ? JSON.stringify(texts) : origin.text;
}

/** @param isFromFile the field is that of the whole file, whose claim is made already: of what is taken over as it is there is no more to say */
function write(translation: Translation, name: string, value: string, field: Field | undefined, to: string, isFromFile = false): void {
  if (!containerVariableName.test(name)) {
    field?.claim({
      outcome: "dropped",
      to: undefined,
      text: "a variable's name has letters, digits, dots, hyphens and underscores alone, a letter or an underscore first.",
    });
    return;
  }
  const secret = likelySecret(name, value.replaceAll(environmentMark, "x"));
  if (!secret) {
    setEntry(translation, `${to}environment`, name, value);
    if (!isFromFile) field?.claim();
    return;
  }
  const parameter = `/copilot/${translation.application}/${translation.environment ?? environmentMark}/secrets/${name}`;
  setEntry(translation, `${to}secrets`, name, { ssm: parameter });
  field?.claim({
    outcome: "decide",
    to: `${to}secrets.${name}`,
    text: `${isFromFile ? `${name} of it` : "It"} ${secret.certainty === "sure" ? "is" : "may be"} a secret (${secret.what}), and its value was not taken over. Put a new one into Parameter Store: aws ssm put-parameter --type SecureString --name /copilot/${translation.application}/<environment>/secrets/${name} --value … The old one is known to whoever reads the repository.`,
  });
}

/** Variables of a file, as Docker and ECS read it: `NAME=value` a line, without quotes' meaning. */
function envFile(translation: Translation, field: Field | undefined, to: string): Map<string, string> {
  const path = field?.text();
  const found = new Map<string, string>();
  if (!field || path === undefined) return found;
  const text = translation.read(path);
  if (text === undefined) {
    field.claim({
      outcome: "decide",
      to: `${to}environment`,
      text: "The file is not here, so it is not committed: write its variables under environment, and its secrets under secrets.",
    });
    return found;
  }
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s*([^#=\s][^=\s]*)\s*=(.*)$/.exec(line) ?? [];
    if (name !== undefined) found.set(name, value!);
  }
  field.claim({ now: `${found.size} variables` });
  return found;
}
