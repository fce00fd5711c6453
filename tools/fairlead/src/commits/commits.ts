import { execFileSync } from "node:child_process";
import { basename, dirname } from "node:path";
import { coded, UserError } from "@fairlead/model";

import { git } from "./worktree";

/**
 * Makes sure that commits can be compared here.
 *
 * @throws UserError where there is no git, or no repository of it
 */
export function requireRepository(root: string): void {
  try {
    git(root, "rev-parse", "--git-dir");
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const problem = isMissing
      ? "git is not installed, or not on the PATH: commits can't be compared, and images have no tags of their commits."
      : `${root} is in no git repository: there are no commits to compare. ${firstLine((error as { stderr?: string }).stderr)}`;
    const fix = isMissing ? "Install git." : "Run this in a clone of the repository; a folder that was copied or unpacked has no history.";
    throw new UserError(coded("FL2413", `${problem.trim()}\n  fix: ${fix}`));
  }
}

/**
 * The commit that a revision names.
 *
 * @throws UserError where there is none here
 */
export function commitOf(root: string, revision: string): string {
  requireRepository(root);
  try {
    return git(root, "rev-parse", "--verify", "--quiet", `${revision}^{commit}`);
  } catch {
    const isShallow = git(root, "rev-parse", "--is-shallow-repository") === "true";
    const problem = `There is no commit "${revision}" here${isShallow ? ", in a clone that has only the latest commits" : ""}.`;
    const fix = isShallow
      ? "git fetch --unshallow; in GitHub Actions, actions/checkout with fetch-depth: 0."
      : `Correct the name, or fetch it: git fetch origin ${revision}.`;
    throw new UserError(coded("FL2414", `${problem}\n  fix: ${fix}`));
  }
}

function firstLine(text = ""): string {
  return text.trim().split("\n")[0]!;
}

/** What a change is compared with unless told: where this branch left the main one. On the main branch itself, its last commit. */
export function defaultBase(root: string): string {
  requireRepository(root);
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
