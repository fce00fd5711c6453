import type { FileCapabilities } from "../tar/fileCapabilities";
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
  /** Those that Linux demands of whoever starts it. */
  capabilities?: FileCapabilities;
  /** Whether the name is in it: known of dash, which learned the option late. */
  hasPipefail?: boolean;
  /** Of Node's program, such as `22.12.0`; undefined where it doesn't say it. */
  nodeVersion?: string;
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

/** A folder, and how it was come to. */
export interface Place {
  folder: Directory;
  name: string;
  /** Undefined for the root. */
  parent?: Place;
}

/** A link that leads nowhere. */
export interface DanglingLink {
  path: string;
  target: string;
  /** Whether the path ends with it, or goes on behind it. */
  last: boolean;
}

/** Where a path leads. */
export type Resolution = {
  /** The folders that a name was looked up in, which takes the right to enter them. */
  searched: Place[];
} & (
  | { found: true; node: File | Directory | Special; path: string }
  /** `link` where what is not there is what a link names. */
  | { found: false; reason: "missing" | "loop" | "notDirectory"; at: string; link?: DanglingLink }
);

/** Linux gives up after as many symbolic links. */
const linkLimit = 40;
/** …and refuses paths of more bytes. */
export const longestPath = 4095;

/** The files of an image as they are after the layers so far. */
export class FileTree {
  readonly root: Directory = directory(0);
  size = 0;
  /** Whether a file of it may listen on ports that are root's: one with CAP_NET_BIND_SERVICE. */
  bindsPorts = false;

  /** @param checkTime called with each path that is followed, so that no check can go on for ever; throws once the time is over */
  constructor(readonly checkTime: () => void = () => undefined) {}

  /** Adds what a layer holds; what lower layers had there is gone, but for the entries of a directory. */
  add(path: string[], node: Node): void {
    const parent = this.parentOf(path, node.layer);
    const name = path.at(-1);
    // Runtimes leave the root as they made it.
    if (name === undefined) return;
    const before = parent.entries.get(name);
    if (!before) this.size++;
    if (node.kind === "directory" && before?.kind === "directory") node.entries = before.entries;
    parent.entries.set(name, node);
  }

  /** A whiteout hides what lower layers have there, not what its own layer has. */
  hide(path: string[], layer: number): void {
    const parent = this.parentOf(path, layer);
    const name = path.at(-1)!;
    const node = parent.entries.get(name);
    if (!node) return;
    if (node.layer < layer) parent.entries.delete(name);
    else if (node.kind === "directory") hideEntries(node, layer);
  }

  /** An opaque directory hides all that lower layers have in it. */
  hideAll(path: string[], layer: number): void {
    hideEntries(this.parentOf([...path, ""], layer), layer);
  }

  /** The node that a path names, without following a link that it ends with: what a hard link means. */
  at(path: string[]): Node | undefined {
    if (path.length === 0) return this.root;
    const parent = this.resolve(`/${path.slice(0, -1).join("/")}`);
    return parent.found && parent.node.kind === "directory" ? parent.node.entries.get(path.at(-1)!) : undefined;
  }

  /**
   * Follows a path as Linux does, inside the image.
   *
   * @param from where a relative path begins; its own folders need not be searched again
   * @see https://man7.org/linux/man-pages/man7/path_resolution.7.html
   */
  resolve(path: string, from = "/"): Resolution {
    this.checkTime();
    const searched: Place[] = [];
    const root: Place = { folder: this.root, name: "" };
    let here = path.startsWith("/") ? root : (this.placeOf(from) ?? root);
    if (path.length > longestPath) return { found: false, reason: "missing", at: path, searched };
    /** What is still to be looked up, the next one last, and the link that named it. */
    const waiting: { name: string; link?: Omit<DanglingLink, "last"> }[] = stepsOf(path).map((name) => ({ name }));
    waiting.reverse();
    let links = 0;
    // The path's own steps wait behind those of its links.
    const isLast = () => waiting.length === 0 || waiting[0]!.link !== undefined;
    while (waiting.length > 0) {
      const { name, link } = waiting.pop()!;
      searched.push(here);
      if (name === ".") continue;
      if (name === "..") {
        // The parent of the root is the root.
        here = here.parent ?? here;
        continue;
      }
      const node = here.folder.entries.get(name);
      if (node?.kind === "directory") {
        here = { folder: node, name, parent: here };
        continue;
      }
      const at = pathOf(here, name);
      if (node?.kind === "link") {
        const next = { path: at, target: node.target };
        if (++links > linkLimit) return { found: false, reason: "loop", at, link: { ...next, last: isLast() }, searched };
        for (const step of stepsOf(node.target).reverse()) waiting.push({ name: step, link: next });
        if (node.target.startsWith("/")) here = root;
      } else if (!node) return { found: false, reason: "missing", at, link: link && { ...link, last: isLast() }, searched };
      else if (waiting.length > 0) return { found: false, reason: "notDirectory", at, link: link && { ...link, last: isLast() }, searched };
      else return { found: true, node, path: at, searched };
    }
    return { found: true, node: here.folder, path: pathOf(here), searched };
  }

  /** The folder that a path leads to, and how. */
  private placeOf(path: string): Place | undefined {
    const found = this.resolve(path);
    if (!found.found || found.node.kind !== "directory") return undefined;
    return partsOf(found.path).reduce<Place>((parent, name) => ({ folder: parent.folder.entries.get(name) as Directory, name, parent }), {
      folder: this.root,
      name: "",
    });
  }

  /**
   * The folder that an entry of a layer is in; layers may leave out folders that their files are in. Docker and containerd unpack each layer into a
   * folder of its own, which overlayfs lays over the lower ones: the layer's own links are followed (/bin → usr/bin), and one of a lower layer is
   * covered by a folder, with all that is behind it.
   *
   * @see https://github.com/containerd/containerd/blob/main/core/diff/apply/apply_linux.go
   */
  private parentOf(path: string[], layer: number): Directory {
    const root: Place = { folder: this.root, name: "" };
    const waiting = path.slice(0, -1).reverse();
    let here = root;
    for (let links = 0; waiting.length > 0;) {
      const name = waiting.pop()!;
      const next = here.folder.entries.get(name);
      if (name === "..") here = here.parent ?? here;
      else if (next?.kind === "link" && next.layer === layer && links++ < linkLimit) {
        if (next.target.startsWith("/")) here = root;
        for (const step of partsOf(next.target).reverse()) waiting.push(step);
      } else {
        const folder = next?.kind === "directory" ? next : directory(layer);
        if (!next) this.size++;
        here.folder.entries.set(name, folder);
        // The layer has it as well now, as it was.
        folder.layer = layer;
        here = { folder, name, parent: here };
      }
    }
    return here.folder;
  }
}

export function directory(layer: number, mode = 0o755, uid = 0, gid = 0): Directory {
  return { kind: "directory", mode, uid, gid, layer, entries: new Map() };
}

function hideEntries(folder: Directory, layer: number): void {
  const waiting = [folder];
  for (let parent = waiting.pop(); parent; parent = waiting.pop())
    for (const [name, node] of parent.entries) {
      if (node.layer < layer) parent.entries.delete(name);
      else if (node.kind === "directory") waiting.push(node);
    }
}

/** Where a place is, or what is in it. */
export function pathOf(place: Place, name?: string): string {
  const names = name === undefined ? [] : [name];
  for (let here = place; here.parent; here = here.parent) names.push(here.name);
  return `/${names.reverse().join("/")}`;
}

/** As {@link partsOf}, with what Linux makes of a slash at the end: there must be a folder. */
function stepsOf(path: string): string[] {
  return [...partsOf(path), ...(/\/\.?$/.test(path) ? ["."] : [])];
}

export function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}
