import type { Elf } from "../elf/elf";
import { isOfMusl } from "../libraries/musl";
import { ofTheMachine } from "../libraries/libraryProblem";
import type { Directory, File, FileTree } from "../files/fileTree";
import type { Loading } from "./nativeLoading";

/** Names that are looked for in all of an image. */
const mostNames = 50;
const known = new WeakMap<FileTree, Map<string, File[] | undefined>>();

/**
 * What a file of machine code needs of libraries, and no file of the image can give it, wherever its interpreter or its package may have it from.
 *
 * @returns undefined where it gets all, or where that isn't known
 */
export function lackingLibrary({ dynamic }: Elf, { tree, library }: Loading): string | undefined {
  for (const name of dynamic?.needed ?? []) {
    if (name.includes("/") || ofTheMachine.test(name) || (library === "musl" && isOfMusl(name))) continue;
    const files = filesNamed(name, tree);
    if (!files) continue;
    // A script for the linker has the name that musl's own library has.
    const usable = files.filter(({ content }) => content === undefined || content.kind === "elf");
    if (usable.length === 0)
      return library === "glibc" && /^libc\.(so|musl-.*)$/.test(name)
        ? "is for musl (Alpine)"
        : `needs ${name}, which is nowhere in the image`;
    // musl knows no versions.
    if (library === "musl") continue;
    const versions = dynamic!.versionNeeds.find((need) => need.library === name)?.versions ?? [];
    const missing = versions.find((version) => usable.every((file) => lacks(file, version)));
    if (missing) return `needs ${missing} of ${name}, and the image's is older`;
  }
  return undefined;
}

function lacks({ content }: File, version: string): boolean {
  return content?.kind === "elf" && content.elf.dynamic?.versions?.includes(version) === false;
}

function isCalled({ content }: File, name: string): boolean {
  return content?.kind === "elf" && content.elf.dynamic?.soname === name;
}

/** Files of a name, in whatever folder, links to them included; undefined where it isn't known. */
function filesNamed(name: string, tree: FileTree): File[] | undefined {
  const names = known.get(tree) ?? new Map<string, File[] | undefined>();
  known.set(tree, names);
  if (names.has(name)) return names.get(name);
  if (names.size >= mostNames) return undefined;
  const found = search(name, tree);
  names.set(name, found);
  return found;
}

function search(name: string, tree: FileTree): File[] | undefined {
  const found: File[] = [];
  const waiting: { directory: Directory; path: string }[] = [{ directory: tree.root, path: "" }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { directory, path } = next;
    const node = directory.entries.get(name);
    const at = node && tree.resolve(`${path}/${name}`);
    if (node?.kind === "link" && !at?.found) return undefined;
    if (at?.found && at.node.kind === "file") found.push(at.node);
    for (const [entry, below] of directory.entries) {
      if (below.kind === "directory") waiting.push({ directory: below, path: `${path}/${entry}` });
      // What was loaded before under another name is taken by its own.
      else if (below.kind === "file" && entry !== name && isCalled(below, name)) found.push(below);
    }
  }
  return found;
}
