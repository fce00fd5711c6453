import type { File } from "../files/fileTree";
import { isIn, type Container } from "../container/container";
import { mayEnter, mayRead } from "../container/user";
import { machineName, type Elf } from "../elf/elf";

/** A program or library as the loader has it in memory. */
export interface Loaded {
  /** As the loader opened it. */
  path: string;
  node: File;
  elf: Elf;
  /** Who needed it; undefined for the program. */
  neededBy?: Loaded;
  /** What else may be loaded in its place, on some CPUs. */
  others: readonly Elf[];
}

/** Where the loader looks. */
export interface Place {
  /** `RUNPATH of /app`. */
  name: string;
  /** Files that it tries, in its order. */
  paths: readonly string[];
  /** As a person reads them. */
  folders: readonly string[];
  /** Taken on some CPUs only, or by some versions of the loader. */
  ofSomeCpus?: boolean;
}

/** What became of the search for a library. */
export type Search =
  | { result: "loaded"; loaded: Loaded }
  /** It ends in an error, in the loader's words. */
  | { result: "refused"; path: string; error: string }
  | { result: "missing"; passedOver: readonly PassedOver[]; places: readonly Place[] }
  /** A file is there of which too little is known, or a folder that is no part of the image. */
  | { result: "unknown" };

/** A file of the right name that the loader can't take. */
export interface PassedOver {
  path: string;
  why: string;
  isUnreadable: boolean;
}

/** Who looks, and where. */
export interface SearchContext extends Pick<Container, "tree" | "environment" | "workingDirectory" | "volumes" | "identity"> {
  program: Loaded;
  /** The loader's path, as the program names it. */
  interpreter: string;
  /** The program gets more rights than who starts it, so that the loader takes nothing from the environment. */
  isSecure: boolean;
}

/** What is found at a path; undefined if nothing is. */
export function candidateAt(
  path: string,
  needs: Elf,
  { tree, identity, volumes }: Pick<Container, "tree" | "identity" | "volumes">,
): Candidate | undefined {
  const resolution = tree.resolve(path);
  if (isIn(resolution.found ? resolution.path : resolution.at, volumes)) return { kind: "unknown" };
  if (!resolution.found) return undefined;
  const { node, searched } = resolution;
  if (node.kind === "directory") return { kind: "refused", error: "cannot read file data: Is a directory" };
  if (node.kind !== "file") return { kind: "unknown" };
  if (!searched.every(({ folder }) => mayEnter(folder, identity)) || !mayRead(node, identity))
    return { kind: "passedOver", passedOver: { path, why: `user ${identity.uid} may not read ${path}`, isUnreadable: true } };
  const { content } = node;
  if (!content) return { kind: "unknown" };
  if (content.kind === "brokenElf" || content.kind === "empty") return { kind: "refused", error: "file too short" };
  if (content.kind !== "elf") return { kind: "refused", error: "invalid ELF header" };
  const { elf } = content;
  if (elf.machine !== needs.machine || elf.class !== needs.class)
    return { kind: "passedOver", passedOver: { path, why: `${path} is for ${machineName(elf)}, ${elf.class} bits`, isUnreadable: false } };
  if (elf.type !== 3 || elf.dynamic?.isProgram) return { kind: "unknown" };
  return { kind: "library", node, elf };
}

export type Candidate =
  | { kind: "library"; node: File; elf: Elf }
  | { kind: "refused"; error: string }
  | { kind: "passedOver"; passedOver: PassedOver }
  | { kind: "unknown" };

/**
 * Goes through the places as the loader does.
 *
 * @param takesFirst whether the first file of the name counts, whatever machine it is for, as for musl
 */
export function search(places: readonly Place[], by: Loaded, context: SearchContext, takesFirst = false): Search {
  const passedOver: PassedOver[] = [];
  const ofSomeCpus: { path: string; node: File; elf: Elf }[] = [];
  for (const place of places) {
    for (const path of place.paths) {
      if (isIn(path, context.volumes)) return { result: "unknown" };
      const candidate = candidateAt(path, by.elf, context);
      if (!candidate) continue;
      if (candidate.kind === "unknown") return { result: "unknown" };
      if (candidate.kind === "library" && place.ofSomeCpus) ofSomeCpus.push({ path, ...candidate });
      else if (candidate.kind === "library")
        return { result: "loaded", loaded: { path, ...candidate, neededBy: by, others: ofSomeCpus.map(({ elf }) => elf) } };
      else if (candidate.kind === "passedOver") {
        if (takesFirst && !candidate.passedOver.isUnreadable) return { result: "missing", passedOver: [candidate.passedOver], places };
        passedOver.push(candidate.passedOver);
      } else return place.ofSomeCpus ? { result: "unknown" } : { result: "refused", path, error: candidate.error };
    }
  }
  const [first, ...others] = ofSomeCpus;
  if (first) return { result: "loaded", loaded: { ...first, neededBy: by, others: others.map(({ elf }) => elf) } };
  return { result: "missing", passedOver, places };
}

/** Folders that a library is looked for in; with more nothing is known of it. */
export const mostFolders = 1000;

/** Folders of a list as it stands in a variable or an ELF file; an empty one is the working directory. `$ORIGIN` is a whole path. */
export function foldersOf(list: string, separators: RegExp, workingDirectory: string): string[] {
  return list
    .split(separators, mostFolders + 1)
    .map((folder) => (/^(\/|\$ORIGIN\b|\$\{ORIGIN\})/.test(folder) ? folder : `${workingDirectory}/${folder || "."}`));
}
