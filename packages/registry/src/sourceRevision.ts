import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";

const commitLength = 12;

/**
 * For each build context the commit that last touched it, as image tags name it. A context with changes that no commit holds, or
 * outside of a git repository, is named by its content: `dirty-<hash>`.
 *
 * Asks git three times in all, however many contexts there are.
 */
export function sourceRevisions(contexts: readonly string[]): Map<string, string> {
  const revisions = new Map<string, string>();
  if (contexts.length === 0) return revisions;
  const commits = committedRevisions(contexts);
  for (const context of contexts) revisions.set(context, commits.get(context) ?? `dirty-${contentHash(context)}`);
  return revisions;
}

function committedRevisions(contexts: readonly string[]): Map<string, string> {
  const commits = new Map<string, string>();
  const root = git(contexts[0]!, ["rev-parse", "--show-toplevel"])?.trim();
  if (!root) return commits;
  const paths = new Map(contexts.map((context) => [`${relative(root, realpathSync(context)).split(sep).join("/")}/`, context]));
  const owner = (file: string) => {
    for (let end = file.lastIndexOf("/"); end > 0; end = file.lastIndexOf("/", end - 1)) {
      const context = paths.get(file.slice(0, end + 1));
      if (context) return context;
    }
    return undefined;
  };
  const pathspec = commonFolder([...paths.keys()]);
  const status = git(root, ["status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--", pathspec]) ?? "";
  const dirty = new Set(status.split("\0").flatMap((entry) => owner(entry.slice(3)) ?? []));
  const log = git(root, ["log", `--format=%x01%h`, `--abbrev=${commitLength}`, "--name-only", "--no-renames", "-z", "--", pathspec]) ?? "";
  for (const entry of log.split("\x01").slice(1)) {
    const [commit, ...files] = entry.split(/[\0\n]+/);
    for (const file of files) {
      const context = owner(file);
      if (context && !dirty.has(context) && !commits.has(context)) commits.set(context, commit!);
    }
    if (commits.size === paths.size - dirty.size) break;
  }
  return commits;
}

function commonFolder(folders: string[]): string {
  let common = folders[0]!;
  for (const folder of folders) while (!folder.startsWith(common)) common = common.slice(0, common.lastIndexOf("/", common.length - 2) + 1);
  return common || ".";
}

function git(cwd: string, args: string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 });
  } catch {
    return undefined;
  }
}

function contentHash(context: string): string {
  const hash = createHash("sha256");
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && entry.name !== "node_modules") walk(path);
      if (entry.isFile()) hash.update(`${relative(context, path)}\0`).update(readFileSync(path));
    }
  };
  walk(context);
  return hash.digest("hex").slice(0, commitLength);
}
