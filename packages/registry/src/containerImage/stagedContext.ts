import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

import type { BuildSources, ContextFile } from "./buildContext";

/**
 * Copies what a build gets to a folder, with the modes that git knows (644, 755) and the time of its commit. docker-build's hash of a context
 * includes the modes that the clone's umask left (pulumi-docker-build issue 222), and BuildKit's layers the times of the checkout: from the
 * copy the same sources give the same hash and the same layers in every clone. What is there already and the same is not touched.
 */
export function stageContext(sources: BuildSources, files: readonly ContextFile[], target: BuildSources, modified: Date | undefined): void {
  const wanted = new Set(files.map(({ path }) => path));
  mkdirSync(target.context, { recursive: true });
  removeOthers(target.context, "", wanted);
  for (const file of files) stageFile(sources.context, target.context, file, modified);
  if (!sameContent(sources.dockerfile, target.dockerfile)) writeFileSync(target.dockerfile, readFileSync(sources.dockerfile));
}

function stageFile(from: string, to: string, { path, executable, link }: ContextFile, modified: Date | undefined): void {
  const [source, copy] = [join(from, path), join(to, path)];
  mkdirSync(dirname(copy), { recursive: true });
  if (link !== undefined) {
    if (lstatSync(copy, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(copy) === link) return;
    rmSync(copy, { force: true, recursive: true });
    symlinkSync(link, copy);
    return;
  }
  if (!sameContent(source, copy)) {
    rmSync(copy, { force: true, recursive: true });
    copyFileSync(source, copy);
  }
  chmodSync(copy, executable ? 0o755 : 0o644);
  if (modified) {
    const moment = momentOf(modified, copy);
    utimesSync(copy, moment, moment);
  }
  for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) {
    chmodSync(join(to, folder), 0o755);
    if (modified) utimesSync(join(to, folder), modified, modified);
  }
}

/**
 * The commit's second, and a part of it that the content tells. BuildKit takes a file of the same size and time for the one that it was sent before,
 * and commits of one second are common after a rebase; layers count in whole seconds.
 */
function momentOf(modified: Date, file: string): number {
  const microseconds = createHash("sha256").update(readFileSync(file)).digest().readUInt32BE() % 1e6;
  return Math.floor(modified.getTime() / 1000) + microseconds / 1e6;
}

function removeOthers(root: string, folder: string, wanted: ReadonlySet<string>): boolean {
  let kept = false;
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    const keep = entry.isDirectory() ? removeOthers(root, path, wanted) : wanted.has(path);
    if (!keep) rmSync(join(root, path), { recursive: true, force: true });
    kept ||= keep;
  }
  return kept;
}

function sameContent(a: string, b: string): boolean {
  const [statsA, statsB] = [lstatSync(a), lstatSync(b, { throwIfNoEntry: false })];
  return statsB?.isFile() === true && statsA.size === statsB.size && readFileSync(a).equals(readFileSync(b));
}
