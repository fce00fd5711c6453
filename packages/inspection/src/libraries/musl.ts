import { posix } from "node:path";

import { originOf } from "./glibc";
import { foldersOf, mostFolders, type Loaded, type Place, type SearchContext } from "./loaded";

/** Libraries that are parts of musl itself, whatever follows their names. */
const ofMusl = /^lib(c|pthread|rt|m|dl|util|xnet)\./;
const architectures: Record<number, string> = { 62: "x86_64", 3: "i386", 183: "aarch64", 40: "armhf" };

export function isOfMusl(name: string): boolean {
  return ofMusl.test(name);
}

/** Where musl's loader looks for a library, in its order; undefined where that can't be told. */
export function muslPlaces(name: string, by: Loaded, context: SearchContext): Place[] | undefined {
  const { environment, workingDirectory, isSecure } = context;
  const places: Place[] = [];
  let left = mostFolders;
  const add = (place: string, folders: readonly string[]) => {
    left -= folders.length;
    if (left >= 0) places.push({ name: place, paths: folders.map((folder) => `${folder}/${name}`), folders });
  };
  const list = (text: string) => foldersOf(text, /[:\n]/, workingDirectory);
  const path = environment.get("LD_LIBRARY_PATH");
  if (path && !isSecure) add("LD_LIBRARY_PATH", list(path));
  for (let of: Loaded | undefined = by; of && left >= 0; of = of.neededBy) {
    const { rpath, runpath = rpath } = of.elf.dynamic ?? {};
    if (runpath === undefined) continue;
    const origin = originOf(of, context);
    const filledIn = runpath.replace(/\$(ORIGIN\b|\{ORIGIN\})/g, () => origin);
    // musl knows no other names: it leaves the whole path out.
    if (!filledIn.includes("$")) add(`RUNPATH of ${of.path}`, list(filledIn));
  }
  const own = ownFolders(by, context);
  if (own === undefined) return undefined;
  add("", list(own));
  return left >= 0 ? places : undefined;
}

function ownFolders({ elf }: Loaded, { tree, interpreter }: SearchContext): string | undefined {
  const prefix = posix.dirname(posix.dirname(interpreter));
  const file = tree.resolve(`${prefix}/etc/ld-musl-${architectures[elf.machine]}.path`);
  if (!file.found) return "/lib:/usr/local/lib:/usr/lib";
  return file.node.kind === "file" ? file.node.text : undefined;
}
