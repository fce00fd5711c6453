import { machineName, runsOn, type Elf } from "../elf/elf";
import type { FileContent } from "../files/fileContent";
import type { Directory, FileTree } from "../files/fileTree";
import type { Loading } from "./nativeLoading";
import { lackingLibrary } from "./nativeNeeds";

/**
 * Why a file of machine code can't be loaded.
 *
 * @returns undefined where it can, or where that isn't known
 */
export function misfit(content: FileContent | undefined, loading: Loading): string | undefined {
  switch (content?.kind) {
    case "foreign":
      return /macOS|Windows|Git LFS|HTML/.test(content.signature.description)
        ? `is ${content.signature.description.replace(", or Java bytecode", "")}`
        : undefined;
    case "empty":
      return "is empty";
    case "elf":
      return elfMisfit(content.elf, loading);
    default:
      return undefined;
  }
}

function elfMisfit(elf: Elf, loading: Loading): string | undefined {
  const { tree, architecture, library } = loading;
  if (runsOn(elf, architecture) === "no") return `is for ${machineName(elf)}`;
  const needed = elf.dynamic?.needed ?? [];
  const ofMusl = needed.find((name) => name.startsWith("libc.musl-"));
  if (library === "glibc" && ofMusl && !isThere(ofMusl, tree)) return "is for musl (Alpine)";
  // musl takes glibc's other names for its own.
  const ofGlibc = needed.find((name) => name.startsWith("ld-linux"));
  if (library === "musl" && ofGlibc && !isThere(ofGlibc, tree)) return "is for glibc (Debian, Ubuntu)";
  return library && !loading.isOpen ? lackingLibrary(elf, loading) : undefined;
}

function isThere(name: string, tree: FileTree): boolean {
  return ["/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/glibc-compat/lib"].some(
    (folder) => tree.resolve(`${folder}/${name}`).found,
  );
}

const deepest = 8;
const mostFiles = 2000;

/** Files below a folder whose names end so, other packages' left out; undefined where there are too many to look at. */
export function filesBelow(folder: Directory, path: string, ending: string): { path: string; content?: FileContent }[] | undefined {
  const found: { path: string; content?: FileContent }[] = [];
  let seen = 0;
  const look = (directory: Directory, at: string, depth: number): boolean => {
    for (const [name, node] of directory.entries) {
      if (++seen > mostFiles || depth > deepest) return false;
      if (node.kind === "directory" && name !== "node_modules" && !look(node, `${at}/${name}`, depth + 1)) return false;
      if (node.kind === "file" && name.endsWith(ending)) found.push({ path: `${at}/${name}`, content: node.content });
    }
    return true;
  };
  return look(folder, path, 0) ? found : undefined;
}
