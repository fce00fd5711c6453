import { projectRows } from "./project";
import type { Row } from "./row";
import { serviceRows } from "./service";

export type { Row } from "./row";
export { projectRows } from "./project";
export { serviceRows } from "./service";

type Path = readonly (string | number)[];

/** The row of a key of a service, or of what it stands in; undefined for what the Compose Specification does not know there. */
export function rowAt(path: Path, rows: readonly Row[] = serviceRows): Row | undefined {
  return rows.find(({ path: pattern, whole }) => {
    const parts = partsOf(pattern);
    return (whole ? parts.length <= path.length : parts.length === path.length) && agree(parts, path);
  });
}

/** Whether rows lead on from a path to keys below it. */
export function leadsOn(path: Path, rows: readonly Row[] = serviceRows): boolean {
  return below(path, rows).length > 0;
}

/** Names that a key at a path may have. */
export function namesAt(path: Path, rows: readonly Row[] = serviceRows): string[] {
  return [...new Set(below(path, rows))].filter((name) => name !== "*" && name !== "[]");
}

/** The row of a key beside `services`. */
export function projectRowAt(path: Path): Row | undefined {
  return rowAt(path, projectRows);
}

function below(path: Path, rows: readonly Row[]): string[] {
  return rows.flatMap(({ path: pattern }) => {
    const parts = partsOf(pattern);
    return parts.length > path.length && agree(parts, path) ? [parts[path.length]!] : [];
  });
}

function agree(parts: readonly string[], path: Path): boolean {
  return parts.every((part, index) => index >= path.length || fits(part, path[index]!));
}

function fits(pattern: string, key: string | number): boolean {
  return pattern === "[]" ? typeof key === "number" : pattern === "*" ? typeof key === "string" : pattern === key;
}

function partsOf(path: string): string[] {
  return path.replaceAll("[]", ".[]").split(".");
}
