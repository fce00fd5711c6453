import { leadsOn as leadsOnIn, namesAt as namesIn, rowAt as rowIn, type Row } from "../../compose/mapping";
import { containerRows } from "./container";
import { taskRows } from "./task";

type Path = readonly (string | number)[];

/** What every key of a task definition is here. */
export const taskDefinitionRows: readonly Row[] = [...taskRows, ...containerRows];

/** The longest first: a key that stands for all in it may have one in it that is told apart. */
const byDepth = [...taskDefinitionRows].sort((a, b) => b.path.length - a.path.length);

export const rowAt = (path: Path): Row | undefined => rowIn(path, byDepth);
export const leadsOn = (path: Path): boolean => leadsOnIn(path, taskDefinitionRows);
export const namesAt = (path: Path): string[] => namesIn(path, taskDefinitionRows);
