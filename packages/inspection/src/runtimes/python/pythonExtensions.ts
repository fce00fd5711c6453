import type { FileTree } from "../../files/fileTree";
import { filesBelow, misfit } from "../nativeFiles";
import type { Loading } from "../nativeLoading";

/** Which extension modules a Python can load. */
export interface ExtensionLoading extends Loading {
  /** Such as `3.12`. */
  version: string;
}

/**
 * Why a Python can't load an extension module: its name is for another version or system, or its content for another machine or C library.
 *
 * @see https://docs.python.org/3/library/importlib.html#importlib.machinery.EXTENSION_SUFFIXES
 */
export function extensionMisfit(path: string, loading: ExtensionLoading): string | undefined {
  const found = loading.tree.resolve(path);
  if (!found.found || found.node.kind !== "file") return undefined;
  const tag = /\.cpython-(\d)(\d+)t?-([\w-]+)\.so$/.exec(path);
  const reason = misfit(found.node.content, loading);
  if (reason) return reason;
  if (tag?.[3]?.startsWith("darwin")) return "is for macOS";
  if (tag?.[3]?.endsWith("-musl") && loading.library === "glibc") return "is for musl (Alpine)";
  return tag && `${tag[1]}.${tag[2]}` !== loading.version
    ? `is for Python ${tag[1]}.${tag[2]}, the image has ${loading.version}`
    : undefined;
}

/** A package in a folder of packages all of whose extension modules can't be loaded; undefined where there is none. */
export function packageOfOthers(folder: string, loading: ExtensionLoading): string | undefined {
  const found = loading.tree.resolve(folder);
  if (!found.found || found.node.kind !== "directory") return undefined;
  for (const [name, node] of found.node.entries) {
    const files = node.kind === "directory" ? (filesBelow(node, `${found.path}/${name}`, ".so") ?? []) : [];
    const extensions = files.filter(({ path }) => /\.(cpython-\d+t?-[\w-]+|abi3)\.so$/.test(path));
    if (extensions.length > 0 && extensions.every(({ path }) => extensionMisfit(path, loading) !== undefined)) return name;
  }
  return undefined;
}

/**
 * Why the extension module that a package needs can't be loaded: it is for another platform, or not there, though others are.
 *
 * @param candidates names of it in versions of the package: the first counts whose folder is there
 * @returns undefined where it can, or where the package has none at all: it may be another one of that name
 */
export function withoutExtension(
  candidates: readonly string[],
  placeOf: (name: string) => string | undefined,
  loading: ExtensionLoading,
): string | undefined {
  const { tree } = loading;
  for (const candidate of candidates) {
    const [top = "", ...parts] = candidate.split(".");
    const place = placeOf(top);
    const folder = [place, ...parts.slice(0, -1)].join("/");
    const name = parts.at(-1)!;
    if (place === undefined || !tree.resolve(folder).found) continue;
    if (hasSource(folder, name, tree)) return undefined;
    if (extensionsOf(folder, name, tree).length > 0) return noExtension(folder, name, tree, loading);
    const whole = tree.resolve(place);
    const [other] = whole.found && whole.node.kind === "directory" ? (filesBelow(whole.node, whole.path, ".so") ?? []) : [];
    // Older versions have others, of this platform.
    return other && /osx|darwin|windows/.test(other.path) ? `there is no ${name} in ${folder}, but ${other.path}` : undefined;
  }
  return undefined;
}

/** Whether a module is a source, or a package with one. */
export function hasSource(folder: string, name: string, tree: FileTree): boolean {
  return ["/__init__.py", "/__init__.pyc", ".py", ".pyc"].some((ending) => tree.resolve(`${folder}/${name}${ending}`).found);
}

function extensionsOf(folder: string, name: string, tree: FileTree): string[] {
  const found = tree.resolve(folder);
  if (!found.found || found.node.kind !== "directory") return [];
  return [...found.node.entries.keys()]
    .filter((entry) => entry.startsWith(`${name}.`) && entry.endsWith(".so"))
    .map((entry) => `${found.path}/${entry}`);
}

/** The extension modules of a name in a folder, and why none can be loaded; undefined where one can. */
export function noExtension(folder: string, name: string, tree: FileTree, loading: ExtensionLoading): string | undefined {
  const files = extensionsOf(folder, name, tree);
  const reasons = files.map((file) => extensionMisfit(file, loading));
  return files.length > 0 && !reasons.includes(undefined) ? `${files[0]} ${reasons[0]}` : undefined;
}
