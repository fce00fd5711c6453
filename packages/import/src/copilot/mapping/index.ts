import * as matching from "../../mapping/matching";
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

type Path = matching.Path;

const ofType = (type: WorkloadType, rows: readonly Row[]) => rows.filter(({ of }) => of.includes(type));

/** The row of a key of a workload, or of what it stands in; undefined for what Copilot does not know there. */
export function rowAt(path: Path, type: WorkloadType, rows: readonly Row[] = manifestRows): Row | undefined {
  return matching.rowAt(path, ofType(type, rows));
}

/** Types that read a key by itself, rather than as a part of what they take whole. */
export function typesReading(path: Path, rows: readonly Row[] = manifestRows): WorkloadType[] {
  return [...new Set(matching.rowsReading(path, rows).flatMap(({ of }) => of))];
}

/** Whether rows lead on from a path to keys below it. */
export function leadsOn(path: Path, type: WorkloadType, rows: readonly Row[] = manifestRows): boolean {
  return matching.leadsOn(path, ofType(type, rows));
}

/** Names that a key at a path may have. */
export function namesAt(path: Path, type: WorkloadType, rows: readonly Row[] = manifestRows): string[] {
  return matching.namesAt(path, ofType(type, rows));
}
