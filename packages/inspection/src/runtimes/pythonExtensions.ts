import type { FileTree } from "../files/fileTree";
import { filesBelow, misfit, type Loading } from "./nativeFiles";

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

/** The extension modules of a name in a folder, and why none can be loaded; undefined where one can. */
export function noExtension(folder: string, name: string, tree: FileTree, loading: ExtensionLoading): string | undefined {
  const found = tree.resolve(folder);
  if (!found.found || found.node.kind !== "directory") return undefined;
  const files = [...found.node.entries.keys()].filter((entry) => entry.startsWith(`${name}.`) && entry.endsWith(".so"));
  const reasons = files.map((file) => extensionMisfit(`${found.path}/${file}`, loading));
  return files.length > 0 && !reasons.includes(undefined) ? `${found.path}/${files[0]} ${reasons[0]}` : undefined;
}
