import type { FileTree } from "../files/fileTree";
import type { Identity } from "./user";

/** A container that is about to start: what a program finds around it. */
export interface Container {
  tree: FileTree;
  /** `amd64` or `arm64`. */
  architecture: string;
  environment: ReadonlyMap<string, string>;
  workingDirectory: string;
  /** Folders that the task mounts volumes at: what lies there is not the image's. None by default. */
  volumes?: readonly string[];
  identity: Identity;
}

/**
 * Who starts a program. Linux (`kernel`), and so does the container's runtime, takes programs and texts that begin with `#!`. `execvp` of the C
 * library hands other texts to /bin/sh, and a `shell` reads them itself.
 */
export type Starter = "kernel" | "execvp" | "shell";

/** Folders of PATH. An empty one is the working directory. */
export function searchPath({ environment }: Container): string[] {
  return (environment.get("PATH") ?? "").split(":").map((folder) => folder || ".");
}
