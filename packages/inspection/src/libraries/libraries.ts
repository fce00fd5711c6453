import { posix } from "node:path";

import type { Elf } from "../elf/elf";
import { glibcPlaces, originOf } from "./glibc";
import { search, type Loaded, type Search, type SearchContext } from "./loaded";
import { isOfMusl, muslPlaces } from "./musl";

/** A loader whose rules are known. */
export type LoaderKind = "glibc" | "musl";

/** Whose loader a file is; undefined for those of others, such as gcompat's, which goes by the name of glibc's. */
export function loaderKind({ dynamic }: Elf, interpreter: string): LoaderKind | undefined {
  if (!dynamic) return undefined;
  const { soname, versions, needed } = dynamic;
  if (soname?.startsWith("ld-linux") && versions?.includes("GLIBC_PRIVATE")) return "glibc";
  // Alpine's has a name of its own, others have none.
  const isMusl = /^libc\.(so|musl-\w+\.so\.1)$/.test(soname ?? posix.basename(interpreter).replace(/^ld-(musl-\w+\.so\.1)$/, "libc.$1"));
  return isMusl && needed.length === 0 ? "musl" : undefined;
}

/** A library that the loader doesn't get. */
export interface Lacking {
  name: string;
  by: Loaded;
  search: Exclude<Search, { result: "loaded" | "unknown" }>;
}

/** All that the loader puts into memory with a program. */
export interface LoadedProgram {
  kind: LoaderKind;
  loader: Elf;
  /** The program first, then in the order of loading. */
  loaded: readonly Loaded[];
  /** In the order in which the loader would miss them; it stops at the first. */
  lacking: readonly Lacking[];
  /** By the names under which they are needed. */
  byName: ReadonlyMap<string, Loaded>;
  /** Whether all that was found could be read, and so all that it needs in its turn is known. */
  isKnown: boolean;
}

/** No program has more. */
const mostLibraries = 2000;

/** Loads a program and its libraries as its loader would. */
export function load(kind: LoaderKind, loader: { path: string; elf: Elf }, context: SearchContext): LoadedProgram {
  const { program } = context;
  const loaded: Loaded[] = [program];
  const lacking: Lacking[] = [];
  const byName = new Map<string, Loaded>();
  const known = new Set<string>([context.interpreter, loader.elf.dynamic?.soname ?? context.interpreter]);
  let isKnown = true;
  const find = (name: string, by: Loaded) => {
    if (known.has(name) || (kind === "musl" && isOfMusl(name))) return undefined;
    known.add(name);
    const found = lookUp(kind, name, by, loader.elf, context);
    if (found.result === "unknown") isKnown = false;
    if (found.result !== "loaded") return found;
    const same = loaded.find(({ node }) => node === found.loaded.node);
    byName.set(name, same ?? found.loaded);
    if (same) return undefined;
    loaded.push(found.loaded);
    const { soname } = found.loaded.elf.dynamic ?? {};
    if (!found.loaded.elf.dynamic) isKnown = false;
    if (kind === "glibc" && soname !== undefined && !known.has(soname)) {
      known.add(soname);
      byName.set(soname, found.loaded);
    }
    return undefined;
  };
  // What can't be preloaded is told by the loader, and left out.
  for (const name of preloads(kind, context)) if (find(name, program)) known.delete(name);
  for (let at = 0; at < loaded.length && loaded.length < mostLibraries; at++) {
    const by = loaded[at]!;
    for (const name of by.elf.dynamic?.needed ?? []) {
      const failed = find(name, by);
      if (failed && failed.result !== "unknown") lacking.push({ name, by, search: failed });
    }
  }
  return { kind, loader: loader.elf, loaded, lacking, byName, isKnown };
}

function lookUp(kind: LoaderKind, name: string, by: Loaded, loader: Elf, context: SearchContext): Search {
  if (name.includes("/")) {
    const path = name.replace(/\$(ORIGIN\b|\{ORIGIN\})/g, () => originOf(by, context));
    const absolute = path.startsWith("/") ? path : posix.join(context.workingDirectory, path);
    return search([{ name: "", paths: [absolute], folders: [posix.dirname(absolute)] }], by, context);
  }
  const places = kind === "glibc" ? glibcPlaces(name, by, loader, context) : muslPlaces(name, by, context);
  return places ? search(places, by, context, kind === "musl") : { result: "unknown" };
}

function preloads(kind: LoaderKind, { environment, isSecure, tree }: SearchContext): string[] {
  const ofVariable = isSecure ? "" : (environment.get("LD_PRELOAD") ?? "");
  const file = kind === "glibc" ? tree.resolve("/etc/ld.so.preload") : undefined;
  const ofFile = (file?.found && file.node.kind === "file" && file.node.text) || "";
  return `${ofVariable} ${ofFile}`.split(/[\s:]+/).filter(Boolean);
}
