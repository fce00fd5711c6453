import { posix } from "node:path";

import { pathOf, type Directory, type File, type FileTree } from "../files/fileTree";
import { finding, type Finding } from "../finding";
import { isIn, type Container } from "../container/container";
import { mayEnter, mayRead } from "../container/user";

/** A file that something else than Linux opens: an interpreter, a server, a package manager. */
export type Opened =
  | { kind: "file"; file: File; path: string; text?: string }
  | { kind: "directory"; directory: Directory; path: string }
  | { kind: "missing"; path: string; why: string }
  /** Where a folder is closed, what is in it isn't even found. */
  | { kind: "closed"; by: "folder" | "file"; path: string; why: string }
  /** What a volume of the task's may hold, or what is no file. */
  | { kind: "unknown" };

/** Follows a path as a program does that opens it with the task's user. */
export function open(path: string, container: Container): Opened {
  const { tree, identity, volumes, workingDirectory } = container;
  const at = posix.resolve(workingDirectory, path);
  if (isIn(at, volumes)) return { kind: "unknown" };
  // `link/..` is above what the link names.
  const found = tree.resolve(path, workingDirectory);
  const closed = found.searched.find(({ folder }) => !mayEnter(folder, identity));
  if (closed)
    return {
      kind: "closed",
      by: "folder",
      path: at,
      why: `user ${identity.uid} may not enter ${pathOf(closed)} (mode 0${closed.folder.mode.toString(8)})`,
    };
  if (!found.found) {
    if (isIn(found.at, volumes)) return { kind: "unknown" };
    const link = found.link ? ` (${found.link.path} → ${found.link.target})` : "";
    return { kind: "missing", path: at, why: `there is no ${at} in the image${link}` };
  }
  const { node } = found;
  if (isIn(found.path, volumes) || node.kind === "special") return { kind: "unknown" };
  if (node.kind === "directory") return { kind: "directory", directory: node, path: found.path };
  if (!mayRead(node, identity)) {
    const mode = node.mode.toString(8).padStart(4, "0");
    return {
      kind: "closed",
      by: "file",
      path: at,
      why: `user ${identity.uid} may not read ${at}, which belongs to ${node.uid}:${node.gid} with mode ${mode}`,
    };
  }
  return { kind: "file", file: node, path: found.path, text: node.text };
}

/** Whether something is at a path, readable or not. */
export function exists(path: string, container: Container): boolean {
  return isIn(path, container.volumes) || container.tree.resolve(path).found;
}

/** Names in a folder; none where there is no folder. */
export function namesIn(path: string, tree: FileTree): string[] {
  const found = tree.resolve(path);
  return found.found && found.node.kind === "directory" ? [...found.node.entries.keys()] : [];
}

/**
 * What keeps an interpreter from reading the file that it is told to run.
 *
 * @param who such as `node`
 */
export function toldProblem(who: string, opened: Opened): Finding | undefined {
  if (opened.kind === "missing")
    return finding(
      "FL2140",
      `${who} is told to run ${opened.path}, and ${opened.why}`,
      "COPY it in the Dockerfile (is it excluded by .dockerignore? is it made by a build step of another stage?), or correct the path.",
      opened.path,
    );
  if (opened.kind === "closed") return closedProblem(`${who} is told to run ${opened.path}, and ${opened.why}`, opened.path);
  return undefined;
}

/** What the task's user can't read. */
export function closedProblem(problem: string, path?: string): Finding {
  return finding("FL2141", problem, "COPY --chown or --chmod it for the user that the task runs as.", path);
}
