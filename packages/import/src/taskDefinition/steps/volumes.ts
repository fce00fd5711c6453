import type { Field } from "../../fields/field";
import { textOf } from "../textOf";
import type { TaskDefinitionTranslation } from "../translation";

/** `mountPoints` of a container: folders of the task's own can be written; what is kept elsewhere has to be decided. */
export function mountPoints(translation: TaskDefinitionTranslation, container: Field, to: readonly string[]): void {
  const folders: string[] = [];
  for (const item of container.at("mountPoints")?.items() ?? []) {
    const [source, path, readOnly] = ["sourceVolume", "containerPath", "readOnly"].map((key) => textOf(item, key));
    const volume = (translation.root.at("volumes")?.items() ?? []).find((each) => textOf(each, "name") === source);
    if (!path?.startsWith("/")) item.refuse("containerPath, an absolute path");
    else if (!volume) item.refuse("sourceVolume, the name of a volume of the task");
    else if (isOfTask(volume)) {
      if (readOnly !== "true") folders.push(path);
      const text = "the folder is new at each start, and is this container's: the image has to declare it as a VOLUME of its user.";
      item.claim({ outcome: "changed", was: `${source}:${path}`, now: path, text });
    } else
      item.claim({
        outcome: "decide",
        to: "uses",
        was: `${source}:${path}`,
        text: "What becomes of the volume is told where it is declared.",
      });
  }
  for (const item of container.at("linuxParameters", "tmpfs")?.items() ?? []) {
    const path = textOf(item, "containerPath");
    if (path?.startsWith("/")) folders.push(path);
    item.claim();
  }
  if (folders.length > 0) translation.set(to, "writableMounts", [...new Set(folders)]);
}

/** Whether a volume is a folder that a task has for itself. */
function isOfTask({ node }: Field): boolean {
  if (node.kind !== "map") return false;
  return [...node.entries].every(([key, { value }]) => {
    if (key === "name" || (value.kind === "scalar" && (value.isNull || value.text === "false"))) return true;
    const inner = value.kind === "map" ? [...value.entries.values()] : [];
    return key === "host" && inner.every((entry) => entry.value.kind === "scalar" && (entry.value.isNull || entry.value.text === ""));
  });
}

/** `volumes`, once their mount points are read. */
export function volumes(translation: TaskDefinitionTranslation): void {
  for (const item of translation.root.at("volumes")?.items() ?? []) {
    item.at("name")?.claim();
    const host = item.at("host");
    const path = host?.at("sourcePath");
    if (path && path.text() !== "") path.claim();
    else host?.claim();
  }
}
