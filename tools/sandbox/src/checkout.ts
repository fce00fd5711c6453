import { execFile } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { linkPackages } from "@fairlead/cli/linkPackages";
import type { Plan } from "@fairlead/plan";

import { edit } from "./edit";
import { run } from "./machine/run";
import { inSandbox, root } from "./paths";

/** The Pulumi project of the stack `sandbox`, in a clone. */
export const inProject = (checkout: string, ...parts: string[]) => join(checkout, "examples/sandbox", ...parts);

const author = ["-c", "user.name=Fairlead sandbox", "-c", "user.email=sandbox@example.test", "-c", "commit.gpgsign=false"];

/**
 * Clones the repository, with what is not committed yet, to a folder of the sandbox: the run edits a source file and Pulumi writes to
 * the stack's configuration, and neither may touch the user's files.
 */
export async function cloneRepository(): Promise<string> {
  const checkout = await clone(root, "checkout");
  const listed = await run("git", ["ls-files", "-z", "--modified", "--deleted", "--others", "--exclude-standard"], { cwd: root });
  for (const file of new Set(listed.split("\0").filter(Boolean))) {
    const [from, to] = [join(root, file), join(checkout, file)];
    rmSync(to, { recursive: true, force: true });
    if (existsSync(from) && lstatSync(from).isFile()) {
      mkdirSync(dirname(to), { recursive: true });
      cpSync(from, to);
    }
  }
  await commit(checkout, "What the working tree holds", ".");
  return checkout;
}

/** Another clone of what is committed there, to change side by side with the first. */
export function cloneBeside(checkout: string): Promise<string> {
  return clone(checkout, "beside");
}

/** Another clone, as on another machine: in another folder, checked out now, with files that nobody else may read. */
export async function cloneWithUmask(checkout: string): Promise<string> {
  const umask = process.umask(0o077);
  try {
    return await clone(checkout, "another/clone");
  } finally {
    process.umask(umask);
  }
}

/** A clone of the last commit alone, as CI makes one where nobody says otherwise. */
export function cloneOfOneCommit(checkout: string): Promise<string> {
  return clone(`file://${checkout}`, "shallow", ["--depth=1"]);
}

async function clone(from: string, name: string, options: string[] = []): Promise<string> {
  const folder = inSandbox(name);
  rmSync(folder, { recursive: true, force: true });
  await run("git", ["clone", "--quiet", ...options, from, folder]);
  linkPackages(root, folder);
  return folder;
}

/** Changes one line of the api's source and commits it, as a developer would. */
export async function changeOneLine(checkout: string): Promise<void> {
  edit(inProject(checkout, "apps/api/src/main.js"), (text) => text.replace("Grace Hopper", "Grace Brewster Hopper"));
  await commit(checkout, "api: spell a name out");
}

/** A second migration, and another changed line in the api, which waits for it. */
export async function addMigration(checkout: string): Promise<void> {
  const migration = inProject(checkout, "apps/accounts-migration/migrations/002-email.sql");
  writeFileSync(migration, "ALTER TABLE users ADD COLUMN email text;\n");
  edit(inProject(checkout, "apps/api/src/main.js"), (text) => text.replace("Ada Lovelace", "Augusta Ada Lovelace"));
  await commit(checkout, "accounts-migration: an email column");
}

/** Commits what was changed in the project, or elsewhere in the clone. */
export async function commit(checkout: string, message: string, changed = inProject(checkout)): Promise<void> {
  await run("git", ["add", "--all", changed], { cwd: checkout });
  await run("git", [...author, "commit", "--quiet", "--allow-empty", "--message", message], { cwd: checkout });
}

/** The embedded plan of the stack `sandbox`, as the clone has it now. */
export async function embeddedPlan(checkout: string): Promise<Plan> {
  const command = [join(checkout, "tools/fairlead/bin/fairlead.js"), "preview", "sandbox", "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: checkout, maxBuffer: 1 << 28 });
  return JSON.parse(stdout) as Plan;
}
