import { posix } from "node:path";

import type { Elf } from "../elf/elf";
import type { CachedLibrary } from "../elf/loaderCache";
import { foldersOf, mostFolders, type Loaded, type Place, type SearchContext } from "./loaded";

/** Folders below each of those that are looked in, for CPUs that have more: of glibc 2.33 and newer, then of the elder ones. */
const cpuFolders = [
  ...["x86-64-v4", "x86-64-v3", "x86-64-v2"].map((level) => `glibc-hwcaps/${level}`),
  ...["tls", "x86_64", "haswell", "xeon_phi", "avx512_1", "aarch64", "atomics", "i686", "sse2", "nosegneg"].flatMap((folder) => [
    folder,
    `tls/${folder}`,
    `${folder}/x86_64`,
  ]),
];

/** ldconfig's numbers for the machines that images are for: libraries of glibc. */
const cacheFlags: Record<number, number> = { 62: 0x303, 3: 0x3, 183: 0xa03, 40: 0x903 };

/** Where glibc's loader looks for a library, in its order; undefined where that can't be told. */
export function glibcPlaces(name: string, by: Loaded, loader: Elf, context: SearchContext): Place[] | undefined {
  const { program, environment, workingDirectory, isSecure } = context;
  const places: Place[] = [];
  let left = mostFolders;
  const add = (place: string, folders: readonly string[]) => {
    left -= folders.length;
    if (left >= 0) places.push(...withCpuFolders(place, folders, name));
  };
  const addList = (place: string, list: string, of: Loaded, separators = /:/) => {
    const folders = foldersOf(list, separators, workingDirectory);
    if (folders.length > left) left = -1;
    else
      add(
        place,
        folders.flatMap((folder) => expand(folder, of, context)),
      );
  };
  const { runpath, noDefaultFolders } = by.elf.dynamic ?? {};
  // A RUNPATH is for what the file itself needs, a RPATH for what that needs as well.
  for (let of: Loaded | undefined = by; runpath === undefined && of && left >= 0; of = of.neededBy) {
    const { rpath, runpath: its } = of.elf.dynamic ?? {};
    if (rpath !== undefined && its === undefined) addList(`RPATH of ${of.path}`, rpath, of);
  }
  const path = environment.get("LD_LIBRARY_PATH");
  if (path && !isSecure) addList("LD_LIBRARY_PATH", path, program, /[:;]/);
  if (runpath !== undefined) addList(`RUNPATH of ${by.path}`, runpath, by);
  const own = systemFolders(loader, context);
  const cached = cachedLibraries(name, by, context);
  if (!cached || left < 0) return undefined;
  for (const { path: library, ofSomeCpus } of cached) {
    const folder = posix.dirname(library);
    if (!noDefaultFolders || !own.includes(folder)) places.push({ name: "/etc/ld.so.cache", paths: [library], folders: [], ofSomeCpus });
  }
  if (!noDefaultFolders) add("", own);
  return places;
}

function withCpuFolders(name: string, folders: readonly string[], library: string): Place[] {
  return folders.flatMap((folder) => [
    { name, paths: cpuFolders.map((below) => `${folder}/${below}/${library}`), folders: [], ofSomeCpus: true },
    { name, paths: [`${folder}/${library}`], folders: [folder] },
  ]);
}

/** Names that the loader fills in. What $LIB and $PLATFORM are was decided as it was built: each that is usual. */
function expand(folder: string, of: Loaded, context: SearchContext): string[] {
  const values: [RegExp, readonly string[]][] = [
    [/\$(ORIGIN\b|\{ORIGIN\})/g, [originOf(of, context)]],
    [/\$(LIB\b|\{LIB\})/g, ["lib/x86_64-linux-gnu", "lib/aarch64-linux-gnu", "lib/i386-linux-gnu", "lib64", "lib"]],
    [/\$(PLATFORM\b|\{PLATFORM\})/g, ["x86_64", "haswell", "xeon_phi", "aarch64", "i686"]],
  ];
  return values.reduce(
    (folders, [name, alternatives]) =>
      folders.flatMap((one) => (one.search(name) < 0 ? [one] : alternatives.map((value) => one.replace(name, () => value)))),
    [folder],
  );
}

/** The folder of a program as it is, of a library as it was found: the loader follows no links of it. */
export function originOf({ path, neededBy }: Loaded, { tree }: Pick<SearchContext, "tree">): string {
  const resolution = neededBy ? undefined : tree.resolve(path);
  return posix.dirname(resolution?.found ? resolution.path : path);
}

const triplets: Record<number, string> = {
  62: "x86_64-linux-gnu",
  3: "i386-linux-gnu",
  183: "aarch64-linux-gnu",
  40: "arm-linux-gnueabihf",
};

/** What was compiled into the loader; where that can't be told, its own folder and what is usual. */
function systemFolders(loader: Elf, { interpreter }: SearchContext): readonly string[] {
  const triplet = triplets[loader.machine];
  const usual = ["/lib64", "/usr/lib64", "/lib", "/usr/lib", `/lib/${triplet}`, `/usr/lib/${triplet}`];
  return loader.dynamic?.systemFolders ?? [posix.dirname(interpreter), ...usual];
}

function cachedLibraries(name: string, by: Loaded, { tree }: SearchContext): readonly CachedLibrary[] | undefined {
  const cache = tree.resolve("/etc/ld.so.cache");
  const content = cache.found && cache.node.kind === "file" ? cache.node.content : undefined;
  const known = content?.kind === "binary" ? content.loaderCache : undefined;
  // One of before glibc 2.2, for example.
  if (known === "unreadable" || (cache.found && !content)) return undefined;
  const libraries = known?.get(name) ?? [];
  return libraries.filter(({ flags }) => flags === cacheFlags[by.elf.machine]);
}
