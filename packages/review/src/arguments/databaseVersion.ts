import { isBeginning, isOtherMajor } from "../majorVersions";
import { cantTell, interrupts, type Judge } from "./judge";

const isLater = (version: string, than: string) => version.localeCompare(than, "en", { numeric: true }) > 0;

/** Another version of a database's engine. One that is the beginning of what it was is the same: AWS chooses the rest. */
export const databaseVersion: Judge = ({ before, after, is }) => {
  if (typeof before !== "string" || typeof after !== "string") return cantTell;
  if (isBeginning(after, before)) return undefined;
  if (isBeginning(before, after))
    return interrupts("Of that version it may have been an earlier one: it restarts then, and connections end.");
  if (!isLater(after, before)) return interrupts("AWS refuses an older version: `up` fails.");
  if (!isOtherMajor(is.inputs.engine, before, after)) return interrupts("A minor upgrade: it restarts, and connections end.");
  return interrupts(
    `A major upgrade, ${before} → ${after}: it is not reachable for minutes, longer with much data, and there is no way back but a snapshot. Programs and extensions have to work with it.`,
  );
};
