import { posix } from "node:path";

import type { Container } from "../../container/container";
import { exists, namesIn, open, type Opened } from "../../programs/toldFile";

/** Where a module's name leads. */
export type Resolved =
  /** A file of the program's own. */
  | { kind: "file"; path: string; text?: string }
  /** A package, of which the folder is known, and perhaps the file that it is begun with. */
  | { kind: "package"; name: string; folder: string; path?: string }
  /** `isInstalled` where the package is there, and what it is to lead to is not. */
  | { kind: "missing"; why: string; isInstalled?: boolean }
  /** It is there, and the task's user can't read it. */
  | { kind: "closed"; why: string }
  /** Node's own, or nothing that files tell. */
  | { kind: "unknown" };

export const unknown = { kind: "unknown" } as const;
export const extensions = [".js", ".json", ".node"];

/** A file or folder that is named by its path, as `require` and the command line find it. */
export function resolvePath(path: string, container: Container): Resolved {
  const opened = path.endsWith("/") ? undefined : open(path, container);
  if (opened && isEnd(opened)) return endOf(opened);
  for (const extension of opened ? extensions : []) {
    const extended = open(path + extension, container);
    if (isEnd(extended)) return endOf(extended);
  }
  const folder = open(path, container);
  if (folder.kind === "directory") return resolveFolder(folder.path, container);
  if (folder.kind !== "missing") return endOf(folder);
  return whatElse(path, container) ?? { kind: "missing", why: folder.why };
}

/** Whether nothing else is looked for behind it. */
function isEnd({ kind }: Opened): boolean {
  return kind !== "missing" && kind !== "directory";
}

function endOf(opened: Opened): Resolved {
  if (opened.kind === "file") return { kind: "file", path: opened.path, text: opened.text };
  return opened.kind === "closed" ? { kind: "closed", why: opened.why } : unknown;
}

/** `package.json`'s `main`, or `index`. */
function resolveFolder(path: string, container: Container): Resolved {
  const described = open(`${path}/package.json`, container);
  if (described.kind === "closed" && described.by === "folder") return { kind: "closed", why: described.why };
  // One that can't be read ends newer versions, and is passed over by others.
  if (described.kind === "unknown" || described.kind === "closed") return unknown;
  let main: string | undefined = "";
  if (described.kind === "file") {
    main = mainOf(described.text);
    if (main === undefined) return unknown;
    if (main !== "") {
      const found = resolvePath(posix.resolve(path, main), container);
      if (found.kind !== "missing") return found;
    }
  }
  for (const extension of extensions) {
    const index = open(`${path}/index${extension}`, container);
    if (isEnd(index)) return endOf(index);
  }
  const why =
    main === ""
      ? `${path} has neither a main in package.json nor an index.js`
      : `${path}/package.json has ${JSON.stringify(main)} for its main, which is not there`;
  return whatElse(`${path}/index`, container) ?? { kind: "missing", why };
}

/** Empty where there is none; undefined where it is not known. */
function mainOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const { main } = JSON.parse(text) as { main?: unknown };
    return typeof main === "string" ? main : "";
  } catch {
    return undefined;
  }
}

/** Other names for the same: another extension, which newer Node may know; another case, which is a mistake of its own. */
function whatElse(path: string, { tree }: Container): Resolved | undefined {
  const name = posix.basename(path);
  const siblings = namesIn(posix.dirname(path), tree);
  const isWhole = /\.(js|cjs|mjs|json|node)$/.test(name);
  if (!isWhole && siblings.some((sibling) => sibling.startsWith(`${name}.`))) return unknown;
  const same = (sibling: string) =>
    [name, ...extensions.map((extension) => name + extension)].some((one) => one.toLowerCase() === sibling.toLowerCase());
  const other = siblings.find(same);
  return other === undefined ? undefined : { kind: "missing", why: `there is no ${path}, but ${other}: Linux tells upper from lower case` };
}

/** An import names a file by its whole name. */
export function resolveExactly(path: string, container: Container): Resolved {
  const opened = open(path, container);
  if (opened.kind === "directory") return { kind: "missing", why: `${opened.path} is a folder: an import names a file` };
  if (opened.kind !== "missing") return endOf(opened);
  const meant = [".js", ".mjs", ".cjs", "/index.js"].find((ending) => exists(path + ending, container));
  const why =
    meant === undefined ? opened.why : `${opened.why}, but ${posix.basename(path)}${meant}: an import names a file by its whole name`;
  return { kind: "missing", why };
}
