import type { WorkloadType } from "../workloadTypes";
import { dataRows } from "./data";
import { operationRows } from "./operation";
import { otherTypeRows } from "./otherTypes";
import type { Row } from "./row";
import { sidecarRows } from "./sidecars";
import { taskRows } from "./task";
import { trafficRows } from "./traffic";

export type { Row } from "./row";

/** Every key of a Copilot manifest, in the order of the documentation. */
export const manifestRows: readonly Row[] = [...taskRows, ...trafficRows, ...operationRows, ...dataRows, ...sidecarRows, ...otherTypeRows];

type Path = readonly (string | number)[];

/** The row of a key of a workload, or of what it stands in; undefined for what Copilot does not know there. */
export function rowAt(path: Path, type: WorkloadType, rows: readonly Row[] = manifestRows): Row | undefined {
  return rows.find(({ of, path: pattern, whole }) => {
    const parts = partsOf(pattern);
    return of.includes(type) && (whole ? parts.length <= path.length : parts.length === path.length) && agree(parts, path);
  });
}

/** Types that read a key by itself, rather than as a part of what they take whole. */
export function typesReading(path: Path, rows: readonly Row[] = manifestRows): WorkloadType[] {
  const found = rows.filter(({ path: pattern }) => {
    const parts = partsOf(pattern);
    return parts.length >= path.length && agree(parts, path);
  });
  return [...new Set(found.flatMap(({ of }) => of))];
}

/** Whether rows lead on from a path to keys below it. */
export function leadsOn(path: Path, type: WorkloadType, rows: readonly Row[] = manifestRows): boolean {
  return below(path, type, rows).length > 0;
}

/** Names that a key at a path may have. */
export function namesAt(path: Path, type: WorkloadType, rows: readonly Row[] = manifestRows): string[] {
  return [...new Set(below(path, type, rows))].filter((name) => name !== "*" && name !== "[]");
}

/** The next part of every row that goes on from a path. */
function below(path: Path, type: WorkloadType, rows: readonly Row[]): string[] {
  return rows.flatMap(({ of, path: pattern }) => {
    const parts = partsOf(pattern);
    return of.includes(type) && parts.length > path.length && agree(parts, path) ? [parts[path.length]!] : [];
  });
}

/** Whether a pattern and a path are the same as far as both go. */
function agree(parts: readonly string[], path: Path): boolean {
  return parts.every((part, index) => index >= path.length || fits(part, path[index]!));
}

function fits(pattern: string, key: string | number): boolean {
  return pattern === "[]" ? typeof key === "number" : pattern === "*" ? typeof key === "string" : pattern === key;
}

/** `http.additional_rules[].path` as `http`, `additional_rules`, `[]`, `path`. */
function partsOf(path: string): string[] {
  return path.replaceAll("[]", ".[]").split(".");
}
