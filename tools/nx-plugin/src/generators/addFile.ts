import { logger, type Tree } from "@nx/devkit";

/** Writes a file, unless there is one: what somebody wrote stays, and is named where it differs. */
export function addFile(tree: Tree, path: string, content: string): void {
  if (!tree.exists(path)) {
    tree.write(path, content);
    return;
  }
  if (tree.read(path, "utf8") !== content) logger.warn(`${path} is there already, and stays as it is.`);
}
