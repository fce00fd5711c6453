import type { FileContent } from "./fileContent";

interface Owned {
  /** Permission bits. */
  mode: number;
  uid: number;
  gid: number;
  /** Number of the layer that it came with. */
  layer: number;
}
export interface Directory extends Owned {
  kind: "directory";
  entries: Map<string, Node>;
}
export interface File extends Owned {
  kind: "file";
  /** Unknown of the few files that are read whole, and of those beyond what is remembered of an image. */
  content?: FileContent;
  /** Known of those that `KeptTexts` wants. */
  text?: string;
}
export interface SymbolicLink extends Owned {
  kind: "link";
  target: string;
}
/** Devices, pipes. */
export interface Special extends Owned {
  kind: "special";
}
export type Node = Directory | File | SymbolicLink | Special;

/** Where a path leads. */
export type Resolution =
  | { found: true; node: File | Directory | Special; path: string; through: Directory[] }
  | { found: false; reason: "missing" | "loop" | "notDirectory"; at: string; link?: { path: string; target: string } };

/** Linux gives up after as many symbolic links. */
const linkLimit = 40;

/** The files of an image as they are after the layers so far. */
export class FileTree {
  readonly root: Directory = directory(0);
  size = 0;

  /** Adds what a layer holds; what lower layers had there is gone, but for the entries of a directory. */
  add(path: string[], node: Node): void {
    const parent = this.parentOf(path, node.layer);
    const name = path.at(-1);
    if (!parent || name === undefined) {
      if (node.kind === "directory") Object.assign(this.root, { mode: node.mode, uid: node.uid, gid: node.gid });
      return;
    }
    const before = parent.entries.get(name);
    if (!before) this.size++;
    if (node.kind === "directory" && before?.kind === "directory") node.entries = before.entries;
    parent.entries.set(name, node);
  }

  /** A whiteout hides what lower layers have there, not what its own layer has. */
  hide(path: string[], layer: number): void {
    const parent = this.directoryAt(path.slice(0, -1));
    const name = path.at(-1)!;
    const node = parent?.entries.get(name);
    if (!node) return;
    if (node.layer < layer) parent!.entries.delete(name);
    else if (node.kind === "directory") hideEntries(node, layer);
  }

  /** An opaque directory hides all that lower layers have in it. */
  hideAll(path: string[], layer: number): void {
    const found = this.directoryAt(path);
    if (found) hideEntries(found, layer);
  }

  /** The node that a path names, symbolic links not followed: what a hard link means. */
  at(path: string[]): Node | undefined {
    return path.length === 0 ? this.root : this.directoryAt(path.slice(0, -1))?.entries.get(path.at(-1)!);
  }

  /** Follows a path as Linux does, inside the image. */
  resolve(path: string): Resolution {
    const waiting = partsOf(path);
    const names: string[] = [];
    const through: Directory[] = [this.root];
    let links = 0;
    let link: { path: string; target: string } | undefined;
    while (waiting.length > 0) {
      const name = waiting.shift()!;
      const here = through.at(-1)!;
      if (name === ".") continue;
      if (name === "..") {
        names.pop();
        // The parent of the root is the root.
        if (through.length > 1) through.pop();
        continue;
      }
      const at = `/${[...names, name].join("/")}`;
      const node = here.entries.get(name);
      if (!node) return { found: false, reason: "missing", at, link };
      if (node.kind === "link") {
        if (++links > linkLimit) return { found: false, reason: "loop", at, link: { path: at, target: node.target } };
        link = { path: at, target: node.target };
        waiting.unshift(...partsOf(node.target));
        if (node.target.startsWith("/")) {
          names.length = 0;
          through.length = 1;
        }
        continue;
      }
      if (node.kind === "directory") {
        names.push(name);
        through.push(node);
        continue;
      }
      if (waiting.length > 0) return { found: false, reason: "notDirectory", at, link };
      return { found: true, node, path: at, through: [...through] };
    }
    return { found: true, node: through.at(-1)!, path: `/${names.join("/")}`, through: through.slice(0, -1) };
  }

  private directoryAt(path: string[]): Directory | undefined {
    let current: Node | undefined = this.root;
    for (const name of path) current = current?.kind === "directory" ? current.entries.get(name) : undefined;
    return current?.kind === "directory" ? current : undefined;
  }

  /** Layers may leave out folders that their files are in. */
  private parentOf(path: string[], layer: number): Directory | undefined {
    let current = this.root;
    for (const [depth, name] of path.slice(0, -1).entries()) {
      let next = current.entries.get(name);
      // A runtime unpacks through a link to a directory of the image, such as /bin → usr/bin.
      if (next?.kind === "link") {
        const from = next.target.startsWith("/") ? "" : path.slice(0, depth).join("/");
        const target = this.resolve(`${from}/${next.target}`);
        if (target.found && target.node.kind === "directory") next = target.node;
      }
      if (next?.kind !== "directory") {
        next = directory(layer);
        current.entries.set(name, next);
        this.size++;
      }
      current = next;
    }
    return current;
  }
}

export function directory(layer: number, mode = 0o755, uid = 0, gid = 0): Directory {
  return { kind: "directory", mode, uid, gid, layer, entries: new Map() };
}

function hideEntries(parent: Directory, layer: number): void {
  for (const [name, node] of parent.entries) {
    if (node.layer < layer) parent.entries.delete(name);
    else if (node.kind === "directory") hideEntries(node, layer);
  }
}

export function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}
