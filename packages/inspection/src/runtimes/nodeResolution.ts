import { builtinModules } from "node:module";
import { posix } from "node:path";

import type { Container } from "../start/container";
import { exists, namesIn, open } from "./toldFile";

/** Where a module's name leads. */
export type Resolved =
  /** A file of the program's own. */
  | { kind: "file"; path: string; text?: string }
  /** A package, of which the folder is known. */
  | { kind: "package"; name: string; folder: string }
  | { kind: "missing"; why: string }
  /** Node's own, or nothing that files tell. */
  | { kind: "unknown" };

const unknown = { kind: "unknown" } as const;
const extensions = [".js", ".json", ".node"];

/** A file or folder that is named by its path, as `require` and the command line find it. */
export function resolvePath(path: string, container: Container): Resolved {
  const opened = path.endsWith("/") ? undefined : open(path, container);
  if (opened?.kind === "file") return { kind: "file", path: opened.path, text: opened.text };
  if (opened?.kind === "unknown" || opened?.kind === "closed") return unknown;
  for (const extension of opened ? extensions : []) {
    const extended = open(path + extension, container);
    if (extended.kind === "file") return { kind: "file", path: extended.path, text: extended.text };
    if (extended.kind !== "missing" && extended.kind !== "directory") return unknown;
  }
  const folder = open(path, container);
  if (folder.kind === "directory") return resolveFolder(folder.path, container);
  if (folder.kind !== "missing") return unknown;
  return whatElse(path, container) ?? { kind: "missing", why: folder.why };
}

/** `package.json`'s `main`, or `index`. */
function resolveFolder(path: string, container: Container): Resolved {
  const described = open(`${path}/package.json`, container);
  if (described.kind === "unknown" || described.kind === "closed") return unknown;
  if (described.kind === "file") {
    const main = mainOf(described.text);
    if (main === undefined) return unknown;
    if (main !== "") {
      const found = resolvePath(posix.resolve(path, main), container);
      if (found.kind !== "missing") return found;
    }
  }
  for (const extension of extensions) {
    const index = open(`${path}/index${extension}`, container);
    if (index.kind === "file") return { kind: "file", path: index.path, text: index.text };
    if (index.kind === "unknown" || index.kind === "closed") return unknown;
  }
  return whatElse(`${path}/index`, container) ?? { kind: "missing", why: `${path} has neither a main in package.json nor an index.js` };
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

/** The name of a package in what is imported: `@scope/name/part` → `@scope/name`. */
export function packageNameOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

const builtins = new Set(builtinModules);

/** Where a specifier leads from a file. */
export function resolveSpecifier(specifier: string, from: string, kind: "module" | "commonjs", container: Container): Resolved {
  const folder = posix.dirname(from);
  if (/^(\.{1,2}(\/|$)|\/)/.test(specifier)) {
    const path = posix.resolve(folder, specifier) + (/\/\.{0,2}$/.test(specifier) ? "/" : "");
    return kind === "commonjs" ? resolvePath(path, container) : resolveExactly(specifier, path, container);
  }
  // `imports` of package.json, aliases of tools, URLs.
  if (!/^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(\/|$)/i.test(specifier) || specifier.includes(":") || builtins.has(specifier)) return unknown;
  return resolvePackage(packageNameOf(specifier), folder, kind, container);
}

/** An import names a file by its whole name. */
function resolveExactly(specifier: string, path: string, container: Container): Resolved {
  if (/[?#%]/.test(specifier)) return unknown;
  const opened = open(path, container);
  if (opened.kind === "file") return { kind: "file", path: opened.path, text: opened.text };
  if (opened.kind === "directory") return { kind: "missing", why: `${opened.path} is a folder: an import names a file` };
  return opened.kind === "missing" ? { kind: "missing", why: opened.why } : unknown;
}

function resolvePackage(name: string, from: string, kind: "module" | "commonjs", container: Container): Resolved {
  const looked = packageFolders(from, kind, container);
  for (const folder of looked) {
    const at = `${folder}/${name}`;
    const opened = open(at, container);
    if (opened.kind === "directory" && opened.directory.entries.size > 0) return { kind: "package", name, folder: opened.path };
    if (opened.kind !== "missing" && opened.kind !== "directory") return unknown;
    if (extensions.some((extension) => exists(at + extension, container))) return unknown;
  }
  const dangling = looked.map((folder) => container.tree.resolve(`${folder}/${name}`)).find((found) => !found.found && found.link);
  const has = looked.filter((folder) => namesIn(folder, container.tree).length > 0);
  if (dangling && !dangling.found)
    return { kind: "missing", why: `${dangling.link!.path} links to ${dangling.link!.target}, and there is no ${dangling.at}` };
  const where = has.length > 0 ? `no ${name} in ${has.join(", ")}` : "the image has no node_modules there";
  return isOwnName(name, from, container) ? unknown : { kind: "missing", why: where };
}

/** The folder of a package as another one finds it; undefined where there is none. */
export function packageFolder(name: string, from: string, container: Container): string | undefined {
  if (!/^(@[\w.-]+\/)?[\w.-]+$/.test(name)) return undefined;
  const resolved = resolvePackage(name, from, "module", container);
  return resolved.kind === "package" ? resolved.folder : undefined;
}

/** Folders that Node looks in, nearest first; with those that only some builds of it know. */
function packageFolders(from: string, kind: "module" | "commonjs", { environment, workingDirectory }: Container): string[] {
  const parts = from.split("/").filter(Boolean);
  const above = Array.from({ length: parts.length + 1 }, (_, index) => parts.slice(0, parts.length - index))
    .filter((folder) => folder.at(-1) !== "node_modules")
    .map((folder) => `/${[...folder, "node_modules"].join("/")}`);
  if (kind === "module") return above;
  const listed = (environment.get("NODE_PATH") ?? "")
    .split(":")
    .filter(Boolean)
    .map((folder) => posix.resolve(workingDirectory, folder));
  const home = environment.get("HOME") ?? "/root";
  const global = [`${home}/.node_modules`, `${home}/.node_libraries`, "/usr/local/lib/node", "/usr/lib/node"];
  const ofDebian = ["/usr/share/nodejs", "/usr/lib/nodejs", "/usr/lib/x86_64-linux-gnu/nodejs", "/usr/lib/aarch64-linux-gnu/nodejs"];
  return [...above, ...listed, ...global, ...ofDebian];
}

/** A package may import itself by its own name. */
function isOwnName(name: string, from: string, container: Container): boolean {
  for (let folder = from; ; folder = posix.dirname(folder)) {
    const opened = open(`${folder}/package.json`, container);
    if (opened.kind === "file") {
      if (opened.text === undefined) return true;
      try {
        return (JSON.parse(opened.text) as { name?: unknown }).name === name;
      } catch {
        return true;
      }
    }
    if (folder === "/") return false;
  }
}
