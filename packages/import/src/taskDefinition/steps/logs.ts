import { likelySecret } from "@fairlead/model";

import type { Field } from "../../fields/field";
import { textOf } from "../textOf";
import type { TaskDefinitionTranslation } from "../translation";

/** `logConfiguration` of a container. @param isMain what it routes is said of the service */
export function logs(translation: TaskDefinitionTranslation, container: Field, isMain: boolean): void {
  const field = container.at("logConfiguration");
  if (!field) return;
  const driver = textOf(field, "logDriver");
  if (driver === "awslogs") {
    const group = optionsOf(field).find(([name]) => name === "awslogs-group")?.[1];
    field.claim(group !== undefined && !likelySecret("", group) ? { was: group } : {});
  } else if (driver === "awsfirelens" && isMain) routed(translation, field);
  else if (driver === undefined) field.refuse("a log configuration with logDriver");
  else {
    const text =
      "Logs go to a log group of the service, or through Fluent Bit by logRouting, which knows most of what other drivers reach.";
    field.claim({ outcome: "decide", to: "logRouting", was: driver, text });
  }
}

/** Options of FireLens are those of an output of Fluent Bit, which `logRouting` has as well. */
function routed(translation: TaskDefinitionTranslation, field: Field): void {
  const hiddenKeys: string[] = [];
  for (const [name, value] of optionsOf(field)) {
    if (likelySecret(name, value)) hiddenKeys.push(name);
    else translation.set(["logRouting", "options"], name, value);
  }
  const left = [...hiddenKeys, ...secretOptions(field)];
  field.claim(
    left.length > 0
      ? { outcome: "decide", to: "logRouting.options", text: `What is secret was not taken over: ${left.join(", ")}.` }
      : { outcome: "changed", to: "logRouting.options", text: "the router is Fairlead's own." },
  );
}

function optionsOf({ node }: Field): [string, string][] {
  const options = node.kind === "map" ? node.entries.get("options")?.value : undefined;
  if (options?.kind !== "map") return [];
  return [...options.entries].flatMap(([name, { value }]): [string, string][] => (value.kind === "scalar" ? [[name, value.text]] : []));
}

function secretOptions({ node }: Field): string[] {
  const list = node.kind === "map" ? node.entries.get("secretOptions")?.value : undefined;
  if (list?.kind !== "list") return [];
  return list.items.flatMap((item) => {
    const name = item.kind === "map" ? item.entries.get("name")?.value : undefined;
    return name?.kind === "scalar" ? [name.text] : [];
  });
}
