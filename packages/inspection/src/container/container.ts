import { posix } from "node:path";

import type { FileTree, Resolution } from "../files/fileTree";
import { may, type Finding } from "../finding";
import type { Identity } from "./user";

/** A container that is about to start: what a program finds around it. */
export interface Container {
  tree: FileTree;
  /** `amd64` or `arm64`. */
  architecture: string;
  environment: ReadonlyMap<string, string>;
  /** Whether nobody sets a variable of that name. Undefined where that can't be told. */
  isUnset?: (name: string) => boolean;
  workingDirectory: string;
  /** Folders at which something is mounted: what lies there is not the image's, and what the image has there is hidden. None by default. */
  volumes?: readonly string[];
  identity: Identity;
  /** A bit for each Linux capability that its programs can have. */
  granted: bigint;
  /** Folders that can be written where the rest can't; undefined where all can be. */
  writable?: readonly string[];
  /** Whether something runs in it already that may have made folders and files, as when its health is checked. */
  isRunning?: boolean;
  /** Whether a shell before it may have made folders, as a script does with those of logs. */
  hasNewFolders?: boolean;
  /** Whether the task waits for it to answer: at a port, or to a health check. */
  answers?: boolean;
  /** Folders whose sources would tell more: whoever reads the layers may read them again. */
  wantedTexts?: Set<string>;
}

/**
 * Who starts a program. Linux (`kernel`), and so does the container's runtime, takes programs and texts that begin with `#!`. `execvp` of the C
 * library hands other texts to /bin/sh, and a `shell` reads them itself. `execve` looks a name up as a C library does, and takes what Linux takes.
 */
export type Starter = "kernel" | "execve" | "execvp" | "shell";

/** Whether a text without `#!` is no program to it. */
export function takesProgramsAlone(by: Starter): boolean {
  return by === "kernel" || by === "execve";
}

/** Whether what a path leads to is not the image's, or may not be. */
export function isMounted(
  path: string,
  resolution: Resolution,
  { volumes, workingDirectory }: Pick<Container, "volumes" | "workingDirectory">,
): boolean {
  const end = resolution.found ? resolution.path : resolution.at;
  return [posix.resolve(workingDirectory, path), end].some((at) => isIn(at, volumes));
}

/** Whether a path is one of some folders, or in it. */
export function isIn(path: string, folders: readonly string[] = []): boolean {
  const normal = posix.normalize(path);
  return folders.some((folder) => normal === folder || normal.startsWith(`${posix.normalize(folder).replace(/\/$/, "")}/`));
}

/** What Linux refuses as no program, a shell reads as a text of its own. */
export function unlessShell(by: Starter, found: Finding): Finding {
  return takesProgramsAlone(by) ? found : may(found);
}

/** What a C library and shells take where nobody says PATH; they differ in it. */
const pathOfLibraries = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Folders of PATH. An empty one is the working directory. */
export function searchPath({ environment }: Container, by: Starter): string[] {
  const path = environment.get("PATH") ?? (by === "kernel" ? "" : pathOfLibraries);
  // What is written in Go, as runc is, takes an empty PATH for no folder.
  if (path === "" && by === "kernel") return [];
  return path.split(":").map((folder) => folder || ".");
}
