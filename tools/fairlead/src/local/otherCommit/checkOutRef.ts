import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { printableLine, shortCommit, UserError } from "@fairlead/model";

import { hasSamePackages, installPackages, lockFile } from "../../commits/installPackages";
import { linkPackages } from "../../commits/linkPackages";
import { git } from "../../commits/worktree";
import { readRecord, writeRecord, type RefPlace } from "./refPlace";
import { strangersEnvironment } from "./strangersEnvironment";

/** Hooks run with all that a person has, and `core.hooksPath` may name a folder of the commit's. */
const withoutHooks = ["-c", `core.hooksPath=${devNull}`];

/**
 * Checks a commit out where its ref lies, or brings what lies there to it, with the packages that it needs. Whoever is killed meanwhile begins it again.
 *
 * @throws UserError where somebody changed what lies there
 */
export async function checkOutRef(place: RefPlace, commit: string, onProgress: (text: string) => void): Promise<void> {
  try {
    await bringTo(place, commit, onProgress);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { stderr, message } = error as Error & { stderr?: string };
    const words = printableLine((stderr?.trim() || message).split("\n")[0]!);
    throw new UserError(`${place.ref} can't be checked out in ${place.repository}: ${words}. Another \`up\` begins it again.`);
  }
}

async function bringTo(place: RefPlace, commit: string, onProgress: (text: string) => void): Promise<void> {
  const { workspace, repository, recordFile } = place;
  const before = readRecord(recordFile);
  const isThere = isWorktree(repository);
  if (!isThere || before.commit !== commit) {
    if (isThere) refuseIfChanged(place, commit);
    onProgress(`checking out ${shortCommit(commit)}`);
    writeRecord(place, { ...before, commit: undefined });
    if (isThere) git(repository, ...withoutHooks, "checkout", "--quiet", "--force", "--detach", commit);
    else {
      removeWorktree(place);
      // Twice: whoever was killed left it locked.
      git(workspace, ...withoutHooks, "worktree", "add", "--force", "--force", "--detach", "--quiet", repository, commit);
    }
  }
  const installed = await givePackages(place, isThere ? before.installed : undefined, () =>
    onProgress(`installing what ${shortCommit(commit)} needs`),
  );
  writeRecord(place, { ...before, commit, installed });
}

export function removeWorktree({ workspace, repository }: RefPlace): void {
  rmSync(repository, { recursive: true, force: true });
  git(workspace, "worktree", "prune");
}

export const isCheckedOut = ({ recordFile, repository }: RefPlace): boolean =>
  readRecord(recordFile).commit !== undefined && isWorktree(repository);

/** What somebody has changed there; empty where nothing is, or where it was never whole. */
export function changesIn({ repository, recordFile }: RefPlace): string {
  const { commit } = readRecord(recordFile);
  if (commit === undefined || !isWorktree(repository)) return "";
  if (git(repository, "rev-parse", "HEAD") !== commit) return "another commit";
  return git(repository, "status", "--porcelain");
}

function refuseIfChanged(place: RefPlace, commit: string): void {
  const changes = changesIn(place);
  if (changes === "" || git(place.repository, "rev-parse", "HEAD") === commit) return;
  throw new UserError(
    `${place.ref} is at ${shortCommit(commit)} now, and ${place.repository} has changes of yours:\n${changes}\nNothing was changed. Keep them elsewhere, or drop them: git -C ${place.repository} stash --include-untracked`,
  );
}

function isWorktree(folder: string): boolean {
  if (!existsSync(join(folder, ".git"))) return false;
  try {
    return git(folder, "rev-parse", "--show-toplevel") === folder;
  } catch {
    return false;
  }
}

/** @returns the digest of the lock file, where they were installed */
async function givePackages(
  { workspace, folder }: RefPlace,
  installed: string | undefined,
  onInstall: () => void,
): Promise<string | undefined> {
  if (hasSamePackages(workspace, folder)) {
    removePackages(folder);
    linkPackages(workspace, folder);
    return undefined;
  }
  const digest = createHash("sha256").update(lockFile(folder)).digest("hex");
  if (digest === installed) return digest;
  onInstall();
  removePackages(folder);
  // A .npmrc of the commit's may send variables to whom it likes.
  await installPackages(folder, strangersEnvironment(process.env));
  return digest;
}

/** Git's way follows no link that a commit brings. */
const removePackages = (folder: string): void => void git(folder, "clean", "-ffdxq", "--", ":(glob)**/node_modules/**");
