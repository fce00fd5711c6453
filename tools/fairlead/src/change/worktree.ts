import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";

import { UsageError } from "../usageError";

/** A commit's files in a folder of their own, ready to run. */
export interface Worktree {
  folder: string;
  remove(): void;
}

/**
 * Checks a commit out beside the repository and gives it the installed packages: linked where its lock file is this one's, else installed. Its own
 * workspaces are its own.
 */
export async function checkOut(root: string, commit: string, onProgress: (text: string) => void): Promise<Worktree> {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), "fairlead-"))), "repository");
  git(root, "worktree", "add", "--detach", "--quiet", folder, commit);
  const remove = () => {
    rmSync(join(folder, ".."), { recursive: true, force: true });
    git(root, "worktree", "prune");
  };
  try {
    // An unborn lock file differs as well.
    const lock = (of: string) => (existsSync(join(of, "package-lock.json")) ? readFileSync(join(of, "package-lock.json"), "utf8") : "");
    if (withoutWorkspaces(lock(folder)) === withoutWorkspaces(lock(root))) linkPackages(root, folder);
    else {
      onProgress(`installing what ${commit.slice(0, 7)} needs`);
      await install(folder);
    }
    return { folder, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** What a lock file says of packages from registries: a new workspace alone needs no install. */
function withoutWorkspaces(lock: string): string {
  if (lock === "") return lock;
  const { packages } = JSON.parse(lock) as { packages: Record<string, { link?: boolean }> };
  return JSON.stringify(Object.entries(packages).filter(([path, { link }]) => path.startsWith("node_modules/") && !link));
}

/** Each installed package is linked to; links to workspaces are relative, so they lead into the folder that they are made in. */
export function linkPackages(root: string, folder: string): void {
  for (const parent of ["", ...workspacesOf(folder)]) {
    const source = join(root, parent, "node_modules");
    if (!existsSync(source)) continue;
    mkdirSync(join(folder, parent, "node_modules"));
    for (const name of readdirSync(source)) linkPackage(source, join(folder, parent, "node_modules"), name);
  }
  for (const path of workspacesOf(folder)) linkWorkspace(folder, path);
}

function linkPackage(source: string, target: string, name: string): void {
  if (/^@[^/\\]+$/.test(name)) {
    mkdirSync(join(target, name));
    for (const scoped of readdirSync(join(source, name))) linkPackage(source, target, join(name, scoped));
    return;
  }
  // What lies outside of node_modules is a workspace of the other folder's.
  if (realpathSync(join(source, name)).split(sep).includes("node_modules")) symlinkSync(join(source, name), join(target, name));
}

function linkWorkspace(folder: string, path: string): void {
  const { name } = JSON.parse(readFileSync(join(folder, path, "package.json"), "utf8")) as { name: string };
  const link = join(folder, "node_modules", name);
  mkdirSync(join(link, ".."), { recursive: true });
  if (!existsSync(link)) symlinkSync(join(folder, path), link);
}

function workspacesOf(folder: string): string[] {
  const { workspaces = [] } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { workspaces?: string[] };
  return workspaces
    .flatMap((pattern) => {
      if (!pattern.endsWith("/*")) return [pattern];
      const parent = pattern.slice(0, -2);
      return existsSync(join(folder, parent)) ? readdirSync(join(folder, parent)).map((name) => join(parent, name)) : [];
    })
    .filter((path) => existsSync(join(folder, path, "package.json")));
}

function install(folder: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const npm = spawn("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    let errors = "";
    npm.stderr.on("data", (data: Buffer) => (errors += data.toString()));
    npm.on("error", reject);
    npm.on("close", (code) => (code === 0 ? resolve() : reject(new UsageError(`npm ci failed in ${folder}:\n${errors.trim()}`))));
  });
}

/** Runs git and returns what it prints. */
export function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}
