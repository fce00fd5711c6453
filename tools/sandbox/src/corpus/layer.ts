import type { Part } from "./parts";

/** What a file of a layer is made from. A text alone is a file that everybody may read (0644). */
export type Content = string | ({ mode?: number; uid?: number; gid?: number } & Kind);

type Kind =
  | { text: string }
  /** In base64. */
  | { bytes: string }
  | { link: string }
  | { hardLink: string }
  | { folder: true }
  /** A file of a package; `length` cuts it off. */
  | { part: Part; path: string; length?: number }
  /** A folder of a package, with all that is in it. */
  | { tree: Part; path: string }
  /** What a lower layer has there is gone. */
  | { removed: true };

/** One layer: content by path, without the first slash. */
export type Layer = Record<string, Content>;

export const script = (text: string, mode = 0o755): Content => ({ text, mode });
export const link = (target: string): Content => ({ link: target });
export const folder = (mode = 0o755, uid = 0, gid = uid): Content => ({ folder: true, mode, uid, gid });
export const removed: Content = { removed: true };
/** A program, or another file, of a package. */
export const program = (part: Part, path: string, mode = 0o755): Content => ({ part, path, mode });
export const tree = (part: Part, path = ""): Content => ({ tree: part, path });

/** Packages that a layer takes something of. */
export function partsOfLayer(layer: Layer): Part[] {
  return Object.values(layer).flatMap((content) => {
    if (typeof content === "string") return [];
    return "part" in content ? [content.part] : "tree" in content ? [content.tree] : [];
  });
}
