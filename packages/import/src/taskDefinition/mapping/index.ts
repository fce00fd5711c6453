import type { Row } from "../../compose/mapping";
import * as matching from "../../mapping/matching";
import { containerRows } from "./container";
import { taskRows } from "./task";

type Path = matching.Path;

/** What every key of a task definition is here. */
export const taskDefinitionRows: readonly Row[] = [...taskRows, ...containerRows];

/** The longest first: a key that stands for all in it may have one in it that is told apart. */
const byDepth = [...taskDefinitionRows].sort((a, b) => b.path.length - a.path.length);

export const rowAt = (path: Path): Row | undefined => matching.rowAt(path, byDepth);
export const leadsOn = (path: Path): boolean => matching.leadsOn(path, taskDefinitionRows);
export const namesAt = (path: Path): string[] => matching.namesAt(path, taskDefinitionRows);
