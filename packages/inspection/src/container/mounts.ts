import { partsOf, type FileTree } from "../files/fileTree";
import { finding, may, type Finding } from "../finding";
import type { ContainerSettings } from "./containerSettings";
import { mayWriteInto, type Identity } from "./user";

/** What runtimes mount in every container: pipes, processes, devices, its own name and those of others. */
const ofRuntimes = ["/dev", "/proc", "/sys", "/etc/hosts", "/etc/hostname", "/etc/resolv.conf", "/.dockerenv"];

/** Folders at which something is mounted, by their names and by where links of the image lead those. */
export function mountedFolders({ writableMounts = [], mountPoints = [] }: ContainerSettings, tree: FileTree): string[] {
  const named = [...writableMounts, ...mountPoints.map(({ containerPath }) => containerPath)].map(normal);
  const meant = named.flatMap((path) => {
    const found = tree.resolve(path);
    return found.found ? [found.path] : [];
  });
  return [...new Set([...named, ...meant, ...ofRuntimes])];
}

/** Of the folders that the task mounts those that can be written. */
export function writableFolders({ writableMounts = [], mountPoints = [] }: ContainerSettings): string[] {
  return [...writableMounts, ...mountPoints.flatMap(({ containerPath, readOnly }) => (readOnly ? [] : [containerPath]))];
}

/** Folders that a task mounts as volumes of its own, and who is to write to them. */
export interface WritableMounts {
  paths: readonly string[];
  /** `config.Volumes` of the image: what `VOLUME` in its Dockerfile and in those below it declares. */
  volumes: object | null | undefined;
  tree: FileTree;
  identity: Identity;
}

/**
 * What a mounted folder's user can't write to. On Fargate an empty volume belongs to root and has mode 0755, but for a folder that the image declares
 * as a `VOLUME`: its volume begins as a copy of that, owner and mode as well.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
 */
export function mountProblems({ paths, volumes, tree, identity }: WritableMounts): Finding[] {
  if (identity.overridesPermissions) return [];
  const declared = new Set(Object.keys(volumes ?? {}).map(normal));
  return paths.flatMap((path) => {
    const found = declared.has(normal(path)) ? tree.resolve(path) : undefined;
    const folder = found?.found && found.node.kind === "directory" ? found.node : undefined;
    if (folder && mayWriteInto(folder, identity)) return [];
    const why = !found
      ? "the image declares no VOLUME of it, so that it belongs to root"
      : folder
        ? `in the image it belongs to ${folder.uid}:${folder.gid} with mode 0${folder.mode.toString(8)}`
        : "the image declares a VOLUME where it has no folder, so that it belongs to root";
    const fix = `Add to the Dockerfile, before USER: RUN mkdir -p ${path} && chown ${identity.uid} ${path}, and after it: VOLUME ${path}. Or remove the mount.`;
    // It may never write there.
    return [may(finding("FL2125", `user ${identity.uid} can't write to ${path}, one of writableMounts: ${why}`, fix, path))];
  });
}

function normal(path: string): string {
  return `/${partsOf(path).join("/")}`;
}
