import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { shortCommit, UserError } from "@fairlead/model";

import { hasSamePackages, installPackages } from "./installPackages";
import { linkPackages } from "./linkPackages";

/** A commit's files in a folder of their own, ready to run. */
export interface Worktree {
  /** The workspace in it: where its package.json and its command are. */
  folder: string;
  remove(): void;
}

/** The command that a commit is planned by: its own. */
export const command = "tools/fairlead/bin/fairlead.js";

/** What is to be removed when the command is interrupted. */
const open = new Set<() => void>();

function removeAll(): void {
  for (const remove of open) remove();
  process.exit(130);
}

/** The workspace that a project belongs to: the project's own folder, or one above, as for examples/*. */
export function workspaceOf(project: string): string {
  let folder = project;
  while (!existsSync(join(folder, command))) {
    if (dirname(folder) === folder) throw new UserError(`There is no ${command} in ${project}, nor in a folder above it.`);
    folder = dirname(folder);
  }
  return folder;
}

/**
 * Checks a commit out beside the repository and gives it the installed packages: linked where its lock file is this one's, else installed. Its own
 * workspaces are its own.
 *
 * @param root the workspace, which may be a folder of a larger repository
 */
export async function checkOut(root: string, commit: string, onProgress: (text: string) => void): Promise<Worktree> {
  const repository = join(realpathSync(mkdtempSync(join(tmpdir(), "fairlead-"))), "repository");
  git(root, "worktree", "add", "--detach", "--quiet", repository, commit);
  const folder = join(repository, git(root, "rev-parse", "--show-prefix"));
  const remove = () => {
    open.delete(remove);
    rmSync(dirname(repository), { recursive: true, force: true });
    git(root, "worktree", "prune");
  };
  if (open.size === 0) process.once("SIGINT", removeAll);
  open.add(remove);
  try {
    if (hasSamePackages(root, folder)) linkPackages(root, folder);
    else {
      onProgress(`installing what ${shortCommit(commit)} needs`);
      await installPackages(folder);
    }
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Runs git and returns what it prints. */
export function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}
