import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type { CauseNotes, DiagnosedCause } from "@fairlead/diagnosis";
import { changedManifest, decidingPath, problemsOfChange, type ReadService } from "@fairlead/manifest";
import { createTwoFilesPatch } from "diff";

/** Lines around a change that a diff shows. */
const context = 3;

/** Where in a service's manifest a cause is decided, and what to change there. A change that would not be valid, or that would change others as well, is not proposed. */
export function notesOf(cause: DiagnosedCause, read: ReadService, root: string, services: ReadonlySet<string>): CauseNotes {
  const file = relative(root, read.source.file);
  return { place: cause.key === null ? undefined : placeOf(cause.key, read, file), diff: diffOf(cause, read, file, services) };
}

function placeOf(key: string, read: ReadService, file: string): string {
  const path = decidingPath(read, key.split("."));
  // What is not written is decided by a default: where its map stands, or would, is all that the file has of it.
  const written = path.findLastIndex((_, index) => read.source.has(path.slice(0, index + 1))) + 1;
  if (written < (path[0] === "environments" ? 3 : 1)) return `${file} (not set there)`;
  const { line, column } = read.source.locateKey(path.slice(0, written));
  return `${file}:${line}:${column}`;
}

function diffOf({ changes }: DiagnosedCause, read: ReadService, file: string, services: ReadonlySet<string>): string | undefined {
  if (changes.length === 0) return undefined;
  const before = readFileSync(read.source.file, "utf8");
  const after = changedManifest(before, read, changes);
  if (after === undefined || after === before || problemsOfChange(read, before, after, services).length > 0) return undefined;
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context }).replace(/^=+\n/, "");
}
