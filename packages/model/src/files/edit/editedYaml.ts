import { isDeepStrictEqual } from "node:util";
import { LineCounter, parseDocument } from "yaml";

import { isMap } from "../../isMap";
import { changesOf, type Path } from "./changesOf";
import { OneChange } from "./oneChange";
import { RefusedEdit } from "./refusedEdit";

/** What is to stand at a path. */
export interface YamlEdit {
  path: Path;
  /** Undefined takes the key away. */
  value: unknown;
}

/** A text that was changed; or where it can't be, and why. */
export type EditedYaml = { text: string } | { problem: string; line: number; column: number };

/**
 * A text in YAML with other values. It is changed where they stand alone: comments, quotes, indentation, the ends of the lines and the form of all other values stay.
 * What is read again is what was wanted, or nothing is changed: an anchor that others stand for, for one, changes more than its place.
 */
export function editedYaml(text: string, edits: readonly YamlEdit[]): EditedYaml {
  const mark = text.startsWith("\uFEFF") ? "\uFEFF" : "";
  let edited = text.slice(mark.length);
  try {
    for (const { path, value } of edits) edited = editedOnce(edited, path, value);
    return { text: mark + edited };
  } catch (error) {
    if (!(error instanceof RefusedEdit)) throw error;
    const lines = new LineCounter();
    parseDocument(edited, { lineCounter: lines, logLevel: "silent" });
    const { line, col } = lines.linePos(error.offset);
    return { problem: error.message, line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

function editedOnce(text: string, path: Path, value: unknown): string {
  const before = valueOf(text);
  new OneChange(text).insist(path);
  const wanted = withValue(before, path, value);
  let edited = text;
  for (const change of changesOf(before ?? {}, wanted)) {
    const one = new OneChange(edited);
    edited = change.kind === "remove" ? one.remove(change.path) : one[change.kind](change.path, change.value);
  }
  if (edited !== text && !isDeepStrictEqual(valueOf(edited), wanted)) throw new RefusedEdit("a change here would change other values", 0);
  return edited;
}

function valueOf(text: string): unknown {
  const document = parseDocument(text, { logLevel: "silent", prettyErrors: false });
  const [error] = document.errors;
  if (error) throw new RefusedEdit(`this is not YAML: ${error.message}`, error.pos[0]);
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    throw new RefusedEdit((error as Error).message, 0);
  }
}

/** A copy with another value at a path. Taking away what is not there changes nothing. */
function withValue(whole: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(whole)) {
    const items: unknown[] = [...(whole as unknown[])];
    const index = Number(key);
    if (value === undefined && rest.length === 0) items.splice(index, 1);
    else if (value !== undefined || index in items) items[index] = withValue(items[index], rest, value);
    return items;
  }
  if (value === undefined && !(isMap(whole) && Object.hasOwn(whole, key))) return whole;
  const map = isMap(whole) ? whole : {};
  if (rest.length > 0 || value !== undefined) return { ...map, [key]: withValue(map[key], rest, value) };
  return Object.fromEntries(Object.entries(map).filter(([each]) => each !== String(key)));
}
