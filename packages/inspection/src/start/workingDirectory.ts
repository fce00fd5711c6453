import { directory, longestPath, partsOf, type Directory, type FileTree } from "../files/fileTree";
import { finding, may, type Finding } from "../finding";
import { isIn, type Container } from "./container";

/**
 * What keeps a container from its working directory. One that is missing is made, as runc makes it, and root itself enters it: the rights of the
 * container's user don't count.
 *
 * @see https://github.com/opencontainers/runc/blob/main/libcontainer/rootfs_linux.go prepareRootfs
 */
export function workingDirectoryProblems(path: string, { tree, volumes }: Pick<Container, "tree" | "volumes">): Finding[] {
  const problem = (what: string) => finding("FL2149", `WORKDIR ${path} ${what}`, "Correct WORKDIR in the Dockerfile.", path);
  if (!path.startsWith("/")) return [problem("does not begin with /")];
  if (path.length > longestPath) return [problem("is longer than Linux takes paths")];
  let here: Directory = tree.root;
  let way = "";
  for (const name of partsOf(path)) {
    way += `/${name}`;
    const found = tree.resolve(way);
    // Volumes are mounted before it is made.
    if (isIn(found.found ? found.path : found.at, volumes) && !(found.found && found.node.kind === "directory")) return [];
    if (found.found && found.node.kind === "directory") here = found.node;
    else if (found.found || found.reason === "notDirectory") return [problem(`leads through ${way}, which is not a directory`)];
    // Docker makes what the link names.
    else if (found.link) return [may(problem(`leads through ${found.link.path} → ${found.link.target}, which is not there`))];
    else {
      const made = directory(0);
      here.entries.set(name, made);
      here = made;
    }
  }
  return [];
}

/** Makes a folder that runtimes make where the image has none: a `VOLUME`'s. */
export function makeFolder(path: string, tree: FileTree): void {
  let here: Directory = tree.root;
  let way = "";
  for (const name of partsOf(path)) {
    way += `/${name}`;
    const found = tree.resolve(way);
    if (found.found && found.node.kind === "directory") here = found.node;
    else if (found.found || found.link || found.reason !== "missing") return;
    else {
      const made = directory(0);
      here.entries.set(name, made);
      here = made;
    }
  }
}
