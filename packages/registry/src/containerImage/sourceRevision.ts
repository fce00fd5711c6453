import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";

import { contentHash, type BuildSources } from "./buildContext";
import { contextFilter, type ContextFilter } from "./dockerignore";

/** What a build's sources are called. */
export interface SourceRevision {
  /** The commit that last touched what is built, or `dirty-<content>`. */
  revision: string;
  /** When it was made; undefined for what no commit holds. */
  committedAt?: Date;
  /** Files, relative to the repository, that are sent to the build and that no commit holds. */
  uncommitted: string[];
  /** Whether the clone is too shallow to know the commit. */
  shallow: boolean;
}

const commitLength = 12;
/** Most builds were touched lately; the whole history is read only for those that were not. */
const recentCommits = 500;

/**
 * For each build the commit that last changed something that is sent to it: files of the context that `.dockerignore` lets through, that file,
 * and the Dockerfile. A commit elsewhere changes nothing. Merges count by what they brought to the branch, so that the sources are what they
 * were in that commit, always. What no commit holds is named by its content.
 *
 * Asks git a few times in all, however many builds there are.
 */
export function sourceRevisions(builds: readonly BuildSources[]): SourceRevision[] {
  const root = builds.length > 0 ? git(builds[0]!.context, ["rev-parse", "--show-toplevel"])?.trim() : undefined;
  const inputs = root ? new Inputs(root, builds) : undefined;
  const uncommitted = inputs ? uncommittedFiles(root!, inputs, builds.length) : [];
  const committed = builds.flatMap((_, number) => (uncommitted[number]?.length ? [] : number));
  const commits = inputs ? lastCommits(root!, inputs, committed) : [];
  const boundary = root ? shallowCommits(root) : new Set();
  return builds.map((build, number) => {
    const commit = commits[number];
    const files = uncommitted[number] ?? [];
    const shallow = files.length === 0 && commit !== undefined && boundary.has(commit.hash);
    if (!commit || files.length > 0 || shallow)
      return { revision: `dirty-${contentHash(build).slice(0, commitLength)}`, uncommitted: files, shallow };
    return { revision: commit.hash.slice(0, commitLength), committedAt: commit.at, uncommitted: [], shallow };
  });
}

/** Tells which builds a file of the repository is sent to. */
class Inputs {
  private readonly contexts = new Map<string, { number: number; filter: ContextFilter }[]>();
  /** Dockerfiles and .dockerignore files, which count wherever they are. */
  private readonly single = new Map<string, Set<number>>();
  readonly pathspec: string;

  constructor(
    private readonly root: string,
    builds: readonly BuildSources[],
  ) {
    const folders = new Set<string>();
    for (const [number, { context, dockerfile }] of builds.entries()) {
      const filter = contextFilter(context, dockerfile);
      const folder = this.pathOf(context);
      this.contexts.set(folder, [...(this.contexts.get(folder) ?? []), { number, filter }]);
      for (const file of [dockerfile, filter.file]) {
        if (!file) continue;
        const path = this.pathOf(file);
        this.single.set(path, (this.single.get(path) ?? new Set()).add(number));
        folders.add(dirname(path));
      }
      folders.add(folder || ".");
    }
    this.pathspec = commonFolder([...folders]);
  }

  buildsWith(file: string): Set<number> {
    const builds = new Set(this.single.get(file));
    const name = file.replace(/\/$/, "");
    for (let end = name.length; end >= 0; end = end === 0 ? -1 : Math.max(0, name.lastIndexOf("/", end - 1))) {
      const folder = name.slice(0, end);
      if (folder === name) continue;
      const path = folder === "" ? name : name.slice(end + 1);
      for (const { number, filter } of this.contexts.get(folder) ?? []) if (filter.sends(path) && !filter.skips(path)) builds.add(number);
    }
    return builds;
  }

  private pathOf(path: string): string {
    // The folder, since the file may not be there.
    const real = existsSync(path) ? realpathSync(path) : resolve(path);
    return relative(this.root, real).split(sep).join("/");
  }
}

/** By number of the build. What git ignores and Docker does not is in no commit either. */
function uncommittedFiles(root: string, inputs: Inputs, count: number): string[][] {
  const files: string[][] = Array.from({ length: count }, () => []);
  const options = ["--porcelain=v1", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames"];
  const status = git(root, ["status", ...options, "--", inputs.pathspec]) ?? "";
  for (const entry of status.split("\0").filter(Boolean)) {
    const file = entry.slice(3);
    for (const number of inputs.buildsWith(file)) files[number]!.push(file);
  }
  return files;
}

interface Commit {
  hash: string;
  at: Date;
}

/** By number of the build. */
function lastCommits(root: string, inputs: Inputs, wanted: readonly number[]): Commit[] {
  const commits: Commit[] = [];
  const missing = new Set(wanted);
  if (missing.size === 0) return commits;
  for (const limit of [[`--max-count=${recentCommits}`], [`--skip=${recentCommits}`]]) {
    // `-m --first-parent` shows what a merge brought to the branch; without it a merge shows nothing.
    const options = ["--first-parent", "-m", "--format=%x01%H %ct", "--name-only", "--no-renames", "-z", ...limit];
    const log = git(root, ["log", ...options, "--", inputs.pathspec]) ?? "";
    for (const entry of log.split("\x01").slice(1)) {
      const [head, ...files] = entry.split(/[\0\n]+/);
      const [hash, seconds] = head!.split(" ");
      for (const file of files.filter(Boolean)) {
        for (const number of inputs.buildsWith(file)) {
          if (!missing.delete(number)) continue;
          commits[number] = { hash: hash!, at: new Date(Number(seconds) * 1000) };
        }
      }
      if (missing.size === 0) return commits;
    }
  }
  return commits;
}

/** Commits whose parents a shallow clone lacks: each seems to have made all that it holds. */
function shallowCommits(root: string): Set<string> {
  const file = git(root, ["rev-parse", "--git-path", "shallow"])?.trim();
  // Absolute in a linked worktree.
  const path = file && resolve(root, file);
  return new Set(path && existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : []);
}

function commonFolder(folders: string[]): string {
  const parts = folders.map((folder) => (folder === "." ? [] : folder.split("/")));
  const first = parts[0] ?? [];
  const differs = first.findIndex((part, position) => parts.some((other) => other[position] !== part));
  return first.slice(0, differs < 0 ? first.length : differs).join("/") || ".";
}

function git(cwd: string, args: string[]): string | undefined {
  try {
    // `status` would take the index's lock, and another git of somebody's fail: `watch` asks at each save.
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: "0" };
    return execFileSync("git", args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 28 });
  } catch {
    return undefined;
  }
}
