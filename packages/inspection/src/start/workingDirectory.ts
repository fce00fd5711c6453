import { directory, longestPath, partsOf, type Directory, type FileTree, type Resolution } from "../files/fileTree";
import { finding, may, type Finding } from "../finding";
import { isIn, type Container } from "../container/container";

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
  const obstacle = makeFolder(path, tree, volumes);
  if (!obstacle) return [];
  const { way, found } = obstacle;
  if (found.found || found.reason === "notDirectory") return [problem(`leads through ${way}, which is not a directory`)];
  // Docker makes what the link names.
  return [may(problem(`leads through ${found.link!.path} → ${found.link!.target}, which is not there`))];
}

/**
 * Makes a folder that runtimes make where the image has none: a `WORKDIR`, that of a `VOLUME`.
 *
 * @param volumes what is mounted before: what lies there is not known, and no folder is made in it
 * @returns what is in its way
 */
export function makeFolder(path: string, tree: FileTree, volumes?: readonly string[]): { way: string; found: Resolution } | undefined {
  let here: Directory = tree.root;
  let way = "";
  for (const name of partsOf(path)) {
    way += `/${name}`;
    const found = tree.resolve(way);
    if (found.found && found.node.kind === "directory") {
      here = found.node;
      continue;
    }
    if (isIn(found.found ? found.path : found.at, volumes)) return undefined;
    if (found.found || found.reason !== "missing" || found.link) return { way, found };
    const made = directory(0);
    here.entries.set(name, made);
    here = made;
  }
  return undefined;
}
