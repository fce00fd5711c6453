import { createHash } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { rootOf } from "@fairlead/plan";

import { git, workspaceOf } from "../../commits/worktree";
import { readMap, writeWhole } from "../place";

/** Where another commit lies that runs beside a checkout. It stays there from one `up` to the next. */
export interface RefPlace {
  /** As a person writes it: `pr/123`. */
  ref: string;
  /** The checkout's own workspace. */
  workspace: string;
  /** The worktree, below the checkout's `.fairlead`, which git ignores. */
  repository: string;
  /** The workspace in it. */
  folder: string;
  /** The Pulumi project in it. */
  project: string;
  /** Beside the worktree, so that nothing of the commit's own writes it. */
  recordFile: string;
}

/** What is remembered of a place. */
export interface RefRecord {
  ref?: string;
  /** What is checked out, once it is whole. */
  commit?: string;
  /** Digest of the lock file whose packages are installed; undefined where they are links to the checkout's own. */
  installed?: string;
  /** Compose's projects of which data may be left. */
  projects?: string[];
}

/** The place of a ref, for the project that a folder is in. */
export function refPlace(ref: string, from = process.cwd()): RefPlace {
  const project = rootOf(from);
  const workspace = workspaceOf(project);
  const repository = join(refsFolder(project), refName(ref));
  const folder = join(repository, git(workspace, "rev-parse", "--show-prefix"));
  return { ref, workspace, repository, folder, project: join(folder, relative(workspace, project)), recordFile: `${repository}.json` };
}

const refsFolder = (project: string) => join(project, ".fairlead", "refs");

/** `pr-123`; of any other ref a digest tells it from those that read alike, also where upper and lower case are the same. */
export function refName(ref: string): string {
  const [, number] = /^pr\/(\d+)$/.exec(ref) ?? [];
  if (number !== undefined) return `pr-${number}`;
  const plain = ref
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-|-$/g, "");
  return `${plain}-${createHash("sha256").update(ref).digest("hex").slice(0, 6)}`;
}

/** The refs that lie beside a project. */
export function knownRefs(from = process.cwd()): string[] {
  const folder = refsFolder(rootOf(from));
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return files.flatMap((name) => readRecord(join(folder, name)).ref ?? []).sort();
}

export const readRecord = (file: string): RefRecord => readMap(file);

export function writeRecord({ recordFile, ref }: RefPlace, record: RefRecord): void {
  writeWhole(recordFile, `${JSON.stringify({ ...record, ref }, undefined, 2)}\n`);
}

export const forget = ({ recordFile }: RefPlace): void => rmSync(recordFile, { force: true });
