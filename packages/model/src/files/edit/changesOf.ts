import { isDeepStrictEqual } from "node:util";

import { isMap } from "../../isMap";

/** Keys of maps and indices of lists, from the top. */
export type Path = readonly (string | number)[];

/** A change of the value at one path. */
export interface Change {
  kind: "set" | "remove" | "insert";
  path: Path;
  /** Of those that are not taken out. */
  value?: unknown;
}

/** The fewest changes, from the top to the bottom, that make one value the other: what is the same in both is left alone. */
export function changesOf(before: unknown, after: unknown, path: Path = []): Change[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isMap(before) && isMap(after)) return changesOfMap(before, after, path);
  if (Array.isArray(before) && Array.isArray(after)) return changesOfList(before, after, path);
  return [{ kind: "set", path, value: after }];
}

function changesOfMap(before: Record<string, unknown>, after: Record<string, unknown>, path: Path): Change[] {
  const changed = Object.entries(after).flatMap(([key, value]): Change[] =>
    Object.hasOwn(before, key) ? changesOf(before[key], value, [...path, key]) : [{ kind: "set", path: [...path, key], value }],
  );
  const removed = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return [...changed, ...removed.map((key): Change => ({ kind: "remove", path: [...path, key] }))];
}

function changesOfList(before: readonly unknown[], after: readonly unknown[], path: Path): Change[] {
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && isDeepStrictEqual(before[same], after[same])) same++;
  let sameAtEnd = 0;
  while (sameAtEnd < shorter - same && isDeepStrictEqual(before.at(-1 - sameAtEnd), after.at(-1 - sameAtEnd))) sameAtEnd++;
  const [last, lastAfter] = [before.length - sameAtEnd, after.length - sameAtEnd];
  const changes: Change[] = [];
  for (let index = same; index < Math.min(last, lastAfter); index++)
    changes.push(...changesOf(before[index], after[index], [...path, index]));
  for (let index = last; index < lastAfter; index++) changes.push({ kind: "insert", path: [...path, index], value: after[index] });
  for (let index = last - 1; index >= lastAfter; index--) changes.push({ kind: "remove", path: [...path, index] });
  return changes;
}
