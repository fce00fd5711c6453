import * as matching from "../../mapping/matching";
import { projectRows } from "./project";
import type { Row } from "./row";
import { serviceRows } from "./service";

export type { Row } from "./row";
export { projectRows } from "./project";
export { serviceRows } from "./service";

/** The row of a key of a service, or of what it stands in; undefined for what the Compose Specification does not know there. */
export function rowAt(path: matching.Path, rows: readonly Row[] = serviceRows): Row | undefined {
  return matching.rowAt(path, rows);
}

/** Whether rows lead on from a path to keys below it. */
export function leadsOn(path: matching.Path, rows: readonly Row[] = serviceRows): boolean {
  return matching.leadsOn(path, rows);
}

/** Names that a key at a path may have. */
export function namesAt(path: matching.Path, rows: readonly Row[] = serviceRows): string[] {
  return matching.namesAt(path, rows);
}

/** The row of a key beside `services`. */
export function projectRowAt(path: matching.Path): Row | undefined {
  return matching.rowAt(path, projectRows);
}
