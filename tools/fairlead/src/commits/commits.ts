import { execFileSync } from "node:child_process";
import { basename, dirname } from "node:path";
import { UserError } from "@fairlead/model";

import { git } from "./worktree";

/** The commit that a revision names. */
export function commitOf(root: string, revision: string): string {
  try {
    return git(root, "rev-parse", "--verify", "--quiet", `${revision}^{commit}`);
  } catch {
    throw new UserError(`There is no commit "${revision}" here. In a shallow clone, fetch it first: git fetch origin ${revision}.`);
  }
}

/** What a change is compared with unless told: where this branch left the main one. On the main branch itself, its last commit. */
export function defaultBase(root: string): string {
  for (const main of ["origin/HEAD", "origin/main", "main", "origin/master", "master"]) {
    try {
      return git(root, "merge-base", "HEAD", main);
    } catch {
      continue;
    }
  }
  return commitOf(root, "HEAD");
}

/** A commit as people write it, with its subject. */
export function labelOf(root: string, commit: string): string {
  return git(root, "log", "-1", "--format=%h (%s)", commit);
}

/** A file's text in the last commit; undefined where it has none, or where there is no commit. */
export function inLastCommit(file: string): string | undefined {
  try {
    return execFileSync("git", ["show", `HEAD:./${basename(file)}`], {
      cwd: dirname(file),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  } catch {
    return undefined;
  }
}

/** Whether the last commit has a file or a folder, whatever is in it now. */
export function isInLastCommit(file: string): boolean {
  try {
    git(dirname(file), "cat-file", "-e", `HEAD:./${basename(file)}`);
    return true;
  } catch {
    return false;
  }
}

/** Whether the working tree is what a commit holds, file by file. */
export function isCommit(root: string, commit: string): boolean {
  return git(root, "rev-parse", "HEAD") === commit && git(root, "status", "--porcelain", "--untracked-files=all") === "";
}
