import * as fs from "node:fs";
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
  if (path === "." || fs.existsSync(join(root, path))) return;
  makeParents(dirname(path), root, below);
  fs.mkdirSync(join(root, path));
  for (const folder of [...below].reverse()) {
    const stats = fs.lstatSync(join(folder, path), { throwIfNoEntry: false });
    if (!stats?.isDirectory()) continue;
    fs.chownSync(join(root, path), stats.uid, stats.gid);
    fs.chmodSync(join(root, path), stats.mode & 0o7777);
    return;
  }
}

function write(target: string, content: Exclude<Content, string>, root: string): void {
  const { mode, uid = 0, gid = uid } = content;
  if ("link" in content) return fs.symlinkSync(content.link, fresh(target));
  if ("hardLink" in content) return fs.linkSync(join(root, content.hardLink), fresh(target));
  if ("removed" in content) return fs.writeFileSync(join(dirname(target), `.wh.${target.split("/").at(-1)!}`), "");
  if ("tree" in content) return linkTree(join(folderOf(content.tree), content.path), target);
  if ("folder" in content) fs.mkdirSync(target, { recursive: true });
  else if ("part" in content) {
    const source = join(folderOf(content.part), content.path);
    const isAsItIs = content.length === undefined && uid === 0 && gid === 0 && (fs.statSync(source).mode & 0o7777) === (mode ?? 0o644);
    // Some have more than 100 MB. A link's mode would be the package's as well.
    if (isAsItIs) return linkOrCopy(fs.realpathSync(source), fresh(target));
    if (content.length === undefined) fs.copyFileSync(source, fresh(target));
    else fs.writeFileSync(fresh(target), fs.readFileSync(source).subarray(0, content.length));
  } else fs.writeFileSync(fresh(target), "text" in content ? content.text : Buffer.from(content.bytes, "base64"));
  fs.chownSync(target, uid, gid);
  fs.chmodSync(target, mode ?? 0o644);
}

function fresh(path: string): string {
  fs.rmSync(path, { recursive: true, force: true });
  return path;
}

/** The same files below another folder, by hard links; `moved` says where else one of the first folders is. */
export function linkTree(source: string, target: string, moved: (path: string) => string = (path) => path): void {
  const walk = (path: string) => {
    const from = join(source, path);
    const to = join(target, moved(path));
    const stats = fs.lstatSync(from);
    if (stats.isDirectory()) {
      if (!fs.existsSync(to)) {
        fs.mkdirSync(to, { recursive: true });
        fs.chmodSync(to, stats.mode & 0o7777);
        fs.chownSync(to, stats.uid, stats.gid);
      }
      for (const name of fs.readdirSync(from)) walk(join(path, name));
    } else if (fs.existsSync(to)) return;
    else if (stats.isSymbolicLink()) fs.symlinkSync(fs.readlinkSync(from), to);
    else linkOrCopy(from, to);
  };
  walk(".");
}

/** The toolchain may be on another file system than the clone. */
function linkOrCopy(source: string, target: string): void {
  try {
    fs.linkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    fs.copyFileSync(source, target);
    fs.chmodSync(target, fs.statSync(source).mode & 0o7777);
  }
}
