import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { run } from "../../machine/run";
import { inSandbox } from "../../paths";

/** Commits all that a folder holds, as somebody whose repository it is. */
export async function commitAll(folder: string, message: string): Promise<void> {
  const git = (...words: string[]) =>
    run("git", ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.test", "-c", "commit.gpgsign=false", ...words], {
      cwd: folder,
    });
  await git("add", "--all");
  await git("commit", "--quiet", "--message", message);
}

/**
 * Writes a repository of somebody else's, from which an import takes a project over.
 *
 * @param files their texts by path
 * @returns its folder
 */
export async function writeSourceProject(name: string, files: Record<string, string>): Promise<string> {
  const folder = inSandbox(name);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  await run("git", ["init", "--quiet"], { cwd: folder });
  await commitAll(folder, name);
  return folder;
}
