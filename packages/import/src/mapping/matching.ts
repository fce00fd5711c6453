/** A key of a source, or of many: what a row of a table is found by. */
export interface Pattern {
  /** Keys joined with dots; `*` is a name of one's own, `[]` an item of a list. */
  path: string;
  /** The key stands for all that is in it. */
  whole?: boolean;
}

/** Keys and indices that lead to a part of a source. */
export type Path = readonly (string | number)[];

/** The row of a key, or of what it stands in. */
export function rowAt<R extends Pattern>(path: Path, rows: readonly R[]): R | undefined {
  return rows.find(({ path: pattern, whole }) => {
    const parts = partsOf(pattern);
    return (whole ? parts.length <= path.length : parts.length === path.length) && agree(parts, path);
  });
}

/** Rows of a key by itself, and of those below it, rather than of what takes it whole. */
export function rowsReading<R extends Pattern>(path: Path, rows: readonly R[]): R[] {
  return rows.filter(({ path: pattern }) => {
    const parts = partsOf(pattern);
    return parts.length >= path.length && agree(parts, path);
  });
}

/** Whether rows lead on from a path to keys below it. */
export function leadsOn(path: Path, rows: readonly Pattern[]): boolean {
  return below(path, rows).length > 0;
}

/** Names that a key at a path may have. */
export function namesAt(path: Path, rows: readonly Pattern[]): string[] {
  return [...new Set(below(path, rows))].filter((name) => name !== "*" && name !== "[]");
}

/** The next part of every row that goes on from a path. */
function below(path: Path, rows: readonly Pattern[]): string[] {
  return rowsReading(path, rows).flatMap((row) => partsOf(row.path)[path.length] ?? []);
}

/** Whether a pattern and a path are the same as far as both go. */
function agree(parts: readonly string[], path: Path): boolean {
  return parts.every((part, index) => index >= path.length || fits(part, path[index]!));
}

function fits(pattern: string, key: string | number): boolean {
  return pattern === "[]" ? typeof key === "number" : pattern === "*" ? typeof key === "string" : pattern === key;
}

/** `http.additional_rules[].path` as `http`, `additional_rules`, `[]`, `path`. */
export function partsOf(path: string): string[] {
  return path.replaceAll("[]", ".[]").split(".");
}
