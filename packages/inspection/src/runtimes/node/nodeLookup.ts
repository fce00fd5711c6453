import { posix } from "node:path";

import type { Container } from "../../container/container";
import { targetOf } from "./nodeExports";
import { extensions, resolveExactly, resolvePath, unknown, type Resolved } from "./nodePaths";
import { packageJson, scopeOf } from "./nodeScope";
import { exists, namesIn, open } from "../../programs/toldFile";

/** The name of a package in what is imported: `@scope/name/part` → `@scope/name`. */
export function packageNameOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Where a package's name, or that of a part of it, leads from a folder. */
export function resolvePackage(specifier: string, from: string, kind: "module" | "commonjs", container: Container): Resolved {
  const name = packageNameOf(specifier);
  if (isOwnName(name, from, container)) return unknown;
  const looked = packageFolders(from, kind, container);
  let closed: Resolved | undefined;
  for (const [number, folder] of looked.entries()) {
    const at = `${folder}/${name}`;
    const opened = open(at, container);
    // What can't be entered isn't found, and is looked for further on.
    if (opened.kind === "closed" && opened.by === "folder") {
      if (exists(at, container)) closed ??= { kind: "closed", why: opened.why };
      continue;
    }
    if (opened.kind === "directory" && opened.directory.entries.size > 0) {
      const found = fileOf(specifier, opened.path, kind, container);
      if (found.kind === "package" || found.kind === "unknown") return closed ? unknown : found;
      // Some versions look further where others end.
      const again = [closed, ...looked.slice(number + 1).map((other) => exists(`${other}/${name}`, container))];
      return again.some(Boolean) ? unknown : found;
    }
    if (opened.kind !== "missing" && opened.kind !== "directory") return unknown;
    if (extensions.some((extension) => exists(at + extension, container))) return unknown;
  }
  return closed ?? { kind: "missing", why: whyMissing(name, looked, container) };
}

function whyMissing(name: string, looked: readonly string[], container: Container): string {
  const dangling = looked.map((folder) => container.tree.resolve(`${folder}/${name}`)).find((found) => !found.found && found.link);
  if (dangling && !dangling.found) return `${dangling.link!.path} links to ${dangling.link!.target}, and there is no ${dangling.at}`;
  const has = looked.filter((folder) => namesIn(folder, container.tree).length > 0);
  return has.length > 0 ? `no ${name} in ${has.join(", ")}` : "the image has no node_modules there";
}

/** The file that a package, or a part of it, is begun with. */
function fileOf(specifier: string, folder: string, kind: "module" | "commonjs", container: Container): Resolved {
  const name = packageNameOf(specifier);
  const asPackage = { kind: "package", name, folder } as const;
  const withPath = (found: Resolved): Resolved => {
    if (found.kind === "file") return { ...asPackage, path: found.path };
    if (found.kind === "missing") return { ...found, isInstalled: true };
    return found.kind === "unknown" ? asPackage : found;
  };
  const inside = open(`${folder}/package.json`, container);
  if (inside.kind === "closed" && inside.by === "folder") return { kind: "closed", why: inside.why };
  const json = packageJson(folder, container);
  const subpath = `.${specifier.slice(name.length)}`;
  if (json === "unknown" || subpath.endsWith("/")) return asPackage;
  if (json?.exports === undefined || json.exports === null) {
    if (subpath === ".") return withPath(resolvePath(`${folder}/`, container));
    const path = posix.resolve(folder, subpath);
    return withPath(kind === "commonjs" ? resolvePath(path, container) : resolveExactly(path, container));
  }
  const target = targetOf(json.exports, subpath, kind);
  if (target === "none") {
    const how = kind === "module" ? "import" : "require";
    return { kind: "missing", why: `"exports" of ${folder}/package.json has no "${subpath}" that ${how} may take`, isInstalled: true };
  }
  if (target === "unknown" || !target.to.startsWith("./")) return asPackage;
  const found = withPath(resolveExactly(posix.resolve(folder, target.to), container));
  return found.kind === "missing"
    ? { ...found, why: `"exports" of ${folder}/package.json leads to ${target.to}, and ${found.why}` }
    : found;
}

/** Where `#name` leads: to a file of the package's own, or to another package. */
export function resolveOwnImport(specifier: string, from: string, kind: "module" | "commonjs", container: Container): Resolved {
  const scope = scopeOf(from, container);
  if (specifier === "#" || specifier.startsWith("#/") || scope === "unknown") return unknown;
  const map = scope?.json.imports;
  if (typeof map !== "object" || map === null) {
    const where = scope ? `${posix.join(scope.folder, "package.json")} has no "imports"` : "there is no package.json above it";
    return { kind: "missing", why: where };
  }
  const path = posix.join(scope!.folder, "package.json");
  const target = targetOf(map, specifier, kind);
  if (target === "none") return { kind: "missing", why: `"imports" of ${path} has no "${specifier}"` };
  if (target === "unknown" || !target.to.startsWith("./")) return unknown;
  const found = resolveExactly(posix.resolve(scope!.folder, target.to), container);
  return found.kind === "missing" ? { kind: "missing", why: `"imports" of ${path} leads to ${target.to}, and ${found.why}` } : found;
}

/** The folder of a package as another one finds it; undefined where there is none. */
export function packageFolder(name: string, from: string, container: Container): string | undefined {
  if (!/^(@[\w.-]+\/)?[\w.-]+$/.test(name)) return undefined;
  for (const folder of packageFolders(from, "module", container)) {
    const opened = open(`${folder}/${name}`, container);
    if (opened.kind === "directory" && opened.directory.entries.size > 0) return opened.path;
    if (opened.kind !== "missing" && opened.kind !== "directory") return undefined;
  }
  return undefined;
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
  const scope = scopeOf(from, container);
  return scope === "unknown" || scope?.json.name === name;
}
