import type { Field } from "../../fields/field";
import type { Translation } from "../translation";

/** A volume of the task's in a container, as it is written. */
export interface WrittenMount {
  sourceVolume: string;
  containerPath: string;
  readOnly?: boolean;
}

/** What a file system of `storage.volumes` is called among the environment's data. */
export function fileSystemName(service: string, volume: string): string {
  return `${service}-${volume}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .slice(0, 40);
}

/** Whether a sidecar has a volume as well. */
export function isShared({ root }: Translation, volume: string): boolean {
  const sidecars = root.at("sidecars")?.entries() ?? [];
  return sidecars.some(([, each]) =>
    each
      .at("mount_points")
      ?.items()
      .some((mount) => mount.isMap && textAt(mount, "source_volume") === volume),
  );
}

/** `mount_points` of a sidecar. Copilot lets it read alone unless it is told otherwise. */
export function sidecarMounts(translation: Translation, field: Field | undefined): WrittenMount[] | undefined {
  const found = (field?.items() ?? []).flatMap((each): WrittenMount[] => {
    const [volume, path, readOnly] = ["source_volume", "path", "read_only"].map((key) => each.at(key));
    const name = volume?.text();
    const containerPath = path?.text();
    const isReadOnly = readOnly?.boolean() ?? true;
    if (name === undefined || containerPath === undefined) return [];
    const efs = translation.root.at("storage", "volumes", name, "efs");
    const isOfOthers = efs?.isMap === true && efs.at("id") !== undefined;
    const data = efs !== undefined && (efs.isMap || efs.boolean() === true);
    for (const part of [volume, path, readOnly])
      part?.claim(
        isOfOthers ? { outcome: "decide", text: "Its file system is to be bound first, under uses: sourceVolume is its name there." } : {},
      );
    if (isOfOthers || !/^[A-Za-z0-9_-]{1,255}$/.test(name)) return [];
    const sourceVolume = data ? fileSystemName(translation.service, name) : name;
    return [{ sourceVolume, containerPath, ...(isReadOnly ? { readOnly: true } : {}) }];
  });
  return found.length > 0 ? found : undefined;
}

function textAt(field: Field, key: string): string | undefined {
  const node = field.node.kind === "map" ? field.node.entries.get(key)?.value : undefined;
  return node?.kind === "scalar" ? node.text : undefined;
}
