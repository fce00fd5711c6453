import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { coded, UserError } from "@fairlead/model";

import { UndoableMoves } from "./undoableMoves";

/** A file that is written: a text, or a copy of another file. */
export type Written = { text: string } | { copyOf: string };

/** What writing would do. Paths are from the repository's folder. */
export interface Changes {
  added: string[];
  unchanged: string[];
}

/**
 * Looks whether everything can be written without writing over anything.
 *
 * @param removed paths that are taken away first
 * @throws UserError with FL2905 and every file that is in the way
 */
export function changesOf(
  root: string,
  files: ReadonlyMap<string, Written>,
  removed: readonly string[],
  rewritten: ReadonlySet<string>,
): Changes {
  const goes = (path: string) => removed.some((each) => path === each || path.startsWith(`${each}/`));
  const changes: Changes = { added: [], unchanged: [] };
  const inTheWay: string[] = [];
  for (const [path, written] of files) {
    const file = join(root, path);
    if (existsSync(file) && isSame(file, written)) changes.unchanged.push(path);
    else if (existsSync(file) && !goes(path) && !rewritten.has(path)) inTheWay.push(path);
    else changes.added.push(path);
  }
  if (inTheWay.length === 0) return changes;
  const list = inTheWay.map((path) => `  ${path}`).join("\n");
  throw new UserError(
    coded(
      "FL2905",
      `${inTheWay.length} file${inTheWay.length === 1 ? " is" : "s are"} in the way, with other contents. Nothing was written.\n${list}\n  fix: rename or remove them. In a new clone --remove-examples takes the example services and stacks away first; git has them.`,
    ),
  );
}

/** Whether every file is there as it would be written: it was imported before. */
export function allThere(root: string, files: ReadonlyMap<string, Written>): boolean {
  return [...files].every(([path, written]) => existsSync(join(root, path)) && isSame(join(root, path), written));
}

function isSame(file: string, written: Written): boolean {
  const wanted = "text" in written ? Buffer.from(written.text) : readFileSync(written.copyOf);
  try {
    return readFileSync(file).equals(wanted);
  } catch {
    return false;
  }
}

/**
 * Writes all files or none. They are written into a folder of their own below the root first; what is taken away, or written over, is moved there, and the files
 * to their places. Where a step fails all before it are undone. A process that is killed in between leaves that folder: `before` has what was there.
 *
 * @param paths of `files` that are written
 * @param removed paths that are taken away; files below them may be written all the same
 * @throws what the step threw that failed
 */
export function writeAll(root: string, files: ReadonlyMap<string, Written>, paths: readonly string[], removed: readonly string[]): void {
  const work = join(root, `.fairlead.import-${process.pid}`);
  const steps = new UndoableMoves();
  try {
    steps.makeFolder(work);
    for (const path of paths) stage(join(work, "new", path), files.get(path)!);
    for (const path of [...removed, ...paths]) if (existsSync(join(root, path))) steps.move(join(root, path), join(work, "before", path));
    for (const path of paths) steps.move(join(work, "new", path), join(root, path));
  } catch (error) {
    steps.undo();
    throw error;
  }
  rmSync(work, { recursive: true, force: true });
}

function stage(file: string, written: Written): void {
  mkdirSync(dirname(file), { recursive: true });
  if ("text" in written) writeFileSync(file, written.text);
  else copyFileSync(written.copyOf, file);
}
