import type { Translation } from "../translation";
import { fileSystemName, isShared } from "./sharedVolumes";

/** `storage.volumes`: file systems, and folders that a task has for itself. */
export function volumes(translation: Translation): void {
  for (const [name, volume] of translation.root.at("storage", "volumes")?.entries() ?? []) {
    const path = volume.at("path");
    const readOnly = volume.at("read_only");
    const efs = volume.at("efs");
    const isManaged = efs && (efs.isMap ? efs.at("id") === undefined : efs.boolean());
    if (efs && !efs.isMap && !efs.boolean()) {
      efs.claim({ outcome: "exact", to: undefined, text: undefined });
      path?.cover();
      readOnly?.cover();
      continue;
    }
    if (!efs) {
      const folder = path?.text();
      if (folder !== undefined && isShared(translation, name)) {
        const before = (translation.manifest.mountPoints as unknown[] | undefined) ?? [];
        const isReadOnly = readOnly?.boolean() ?? true;
        translation.set("mountPoints", [
          ...before,
          { sourceVolume: name, containerPath: folder, ...(isReadOnly ? { readOnly: true } : {}) },
        ]);
        path!.claim({ outcome: "exact", to: "mountPoints" });
        readOnly?.cover();
        continue;
      }
      if (folder) translation.set("writableMounts", [...((translation.manifest.writableMounts as string[] | undefined) ?? []), folder]);
      path?.claim({
        outcome: "changed",
        to: "writableMounts",
        text: "the folder is the task's own, and is empty at each start: the image has to declare it as a VOLUME of its user.",
      });
      readOnly?.cover();
      continue;
    }
    const data = fileSystemName(translation.service, name);
    const isReadOnly = readOnly?.boolean() ?? true;
    if (isManaged) {
      translation.data.push({ name: data, declaration: "fileSystem()" });
      const uses = (translation.manifest.uses as unknown[] | undefined) ?? [];
      translation.set("uses", [
        ...uses,
        { name: data, ...(isReadOnly ? { access: "read" } : {}), containerPath: path?.text() ?? `/mnt/${name}` },
      ]);
    }
    path?.claim();
    readOnly?.claim();
    if (!efs.isMap) {
      efs.claim({ now: data });
      continue;
    }
    for (const key of ["uid", "gid", "id", "root_dir", "auth"]) efs.at(key)?.claim();
  }
}
