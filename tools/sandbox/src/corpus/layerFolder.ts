import {
  chmodSync,
  copyFileSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from "node:fs";
import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Content, Layer } from "./layer";
import { folderOf } from "./parts";

/**
 * Writes a layer's files into a folder: what is gone as `.wh.…`, as a layer has it.
 *
 * @param below folders of the layers below it, the lowest first
 */
export function writeLayer(layer: Layer, root: string, below: readonly string[] = []): void {
  for (const [path, content] of Object.entries(layer)) {
    const target = join(root, path);
    makeParents(dirname(path), root, below);
    if (typeof content === "string") write(target, { text: content }, root);
    else write(target, content, root);
  }
}

/** A Dockerfile's COPY leaves the folders on the way as they are. */
function makeParents(path: string, root: string, below: readonly string[]): void {
  if (path === "." || existsSync(join(root, path))) return;
  makeParents(dirname(path), root, below);
  mkdirSync(join(root, path));
  for (const folder of [...below].reverse()) {
    const stats = lstatSync(join(folder, path), { throwIfNoEntry: false });
    if (!stats?.isDirectory()) continue;
    chownSync(join(root, path), stats.uid, stats.gid);
    chmodSync(join(root, path), stats.mode & 0o7777);
    return;
  }
}

function write(target: string, content: Exclude<Content, string>, root: string): void {
  const { mode, uid = 0, gid = uid } = content;
  if ("link" in content) return symlinkSync(content.link, fresh(target));
  if ("hardLink" in content) return linkSync(join(root, content.hardLink), fresh(target));
  if ("removed" in content) return writeFileSync(join(dirname(target), `.wh.${target.split("/").at(-1)!}`), "");
  if ("tree" in content) return linkTree(join(folderOf(content.tree), content.path), target);
  if ("folder" in content) mkdirSync(target, { recursive: true });
  else if ("part" in content) {
    const source = join(folderOf(content.part), content.path);
    if (content.length === undefined) copyFileSync(source, fresh(target));
    else writeFileSync(fresh(target), readFileSync(source).subarray(0, content.length));
  } else writeFileSync(fresh(target), "text" in content ? content.text : Buffer.from(content.bytes, "base64"));
  chownSync(target, uid, gid);
  chmodSync(target, mode ?? 0o644);
}

function fresh(path: string): string {
  rmSync(path, { recursive: true, force: true });
  return path;
}

/** The same files below another folder, by hard links; `moved` says where else one of the first folders is. */
export function linkTree(source: string, target: string, moved: (path: string) => string = (path) => path): void {
  const walk = (path: string) => {
    const from = join(source, path);
    const to = join(target, moved(path));
    const stats = lstatSync(from);
    if (stats.isDirectory()) {
      if (!existsSync(to)) {
        mkdirSync(to, { recursive: true });
        chmodSync(to, stats.mode & 0o7777);
        chownSync(to, stats.uid, stats.gid);
      }
      for (const name of readdirSync(from)) walk(join(path, name));
    } else if (existsSync(to)) return;
    else if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else linkSync(from, to);
  };
  walk(".");
}
