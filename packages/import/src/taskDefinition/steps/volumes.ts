import type { Claimed, Field } from "../../fields/field";
import { textOf } from "../textOf";
import type { TaskDefinitionTranslation } from "../translation";

/** `mountPoints` of a container: folders of the task's own can be written; what is kept elsewhere has to be decided. */
export function mountPoints(translation: TaskDefinitionTranslation, container: Field, to: readonly string[]): void {
  const folders: string[] = [];
  for (const item of container.at("mountPoints")?.items() ?? []) {
    const { source, path, isWritten } = mountOf(item);
    const volume = (translation.root.at("volumes")?.items() ?? []).find((each) => textOf(each, "name") === source);
    if (!path || !isFolder(path)) item.refuse("containerPath, an absolute path of a folder below /");
    else if (!volume) item.refuse("sourceVolume, the name of a volume of the task");
    else if (isOfTask(volume)) {
      if (isWritten) folders.push(path);
      item.claim({ ...outcomes[useOf(translation, source)], was: `${source}:${path}`, ...(isWritten && { now: path }) });
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
    if (path && isFolder(path)) {
      folders.push(path);
      item.claim();
    } else item.refuse("containerPath, an absolute path of a folder below /");
  }
  if (folders.length > 0) translation.set(to, "writableMounts", [...new Set(folders)]);
}

/** Whether something can be mounted there: on the whole of a container's files nothing can. */
const isFolder = (path: string) => /^\/+[^/]/.test(path);

function mountOf(item: Field) {
  const [source, path, readOnly] = ["sourceVolume", "containerPath", "readOnly"].map((key) => textOf(item, key));
  return { source, path, isWritten: readOnly !== "true" };
}

/** What is said of a mount point, by how the folder of the task is used. */
const outcomes: Record<"alone" | "shared" | "unwritten", Claimed> = {
  alone: {
    outcome: "changed",
    text: "the folder is new at each start, and is this container's: the image has to declare it as a VOLUME of its user.",
  },
  shared: {
    outcome: "decide",
    text: "Containers share no folders here, and each mount would be a folder of its own: hand over by the network, or do both in one container.",
  },
  unwritten: {
    outcome: "dropped",
    to: undefined,
    text: "it is only read, and no container writes into it, so that nothing is mounted: what the image has there is what is read.",
  },
};

function useOf({ root }: TaskDefinitionTranslation, volume: string | undefined): keyof typeof outcomes {
  const containers = root.at("containerDefinitions")?.items() ?? [];
  const mounts = containers
    .flatMap((container) => container.at("mountPoints")?.items() ?? [])
    .map(mountOf)
    .filter(({ source }) => source === volume);
  if (!mounts.some(({ isWritten }) => isWritten)) return "unwritten";
  return mounts.length > 1 ? "shared" : "alone";
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
    else if (useOf(translation, textOf(item, "name")) === "alone") host?.claim();
    else host?.claim({ outcome: "changed", to: undefined, text: "what becomes of the folder is told at its mount points." });
  }
}
