import type { Translation } from "../translation";
import { containerKeys } from "./container";

/** What the service's own container is given. */
export function mainContainer(translation: Translation): void {
  const { root } = translation;
  containerKeys(translation, root, root.at("image"));
  const readonly = root.at("storage", "readonly_fs");
  // Copilot's files can be written unless it is told otherwise.
  if (readonly?.boolean() !== true) translation.set("readonlyRootFilesystem", false);
  readonly?.claim();
  exec(translation);
  for (const [name, value] of root.at("tags")?.entries({ nulls: true }) ?? []) {
    translation.set(`tags.${name}`, value.text());
    value.claim();
  }
}

function exec(translation: Translation): void {
  const field = translation.root.at("exec");
  if (!field) return;
  if (translation.type === "Scheduled Job") {
    field.claim();
    return;
  }
  const value = field.isMap ? field.at("enable") : field;
  if (value?.boolean()) translation.set("enableExecuteCommand", true);
  value?.claim();
}
