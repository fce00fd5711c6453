import { posix } from "node:path";

import type { Finding } from "../../finding";
import type { Container } from "../../container/container";
import { closedProblem, exists, open } from "../../programs/toldFile";

/** A module's file that the task's user can't read, and that Python would. */
export function closedModule(
  { name, path, from }: { name: string; path: string; from: string },
  container: Container,
): Finding | undefined {
  const opened = open(path, container);
  if (opened.kind !== "closed") return undefined;
  // What was compiled is read in its place, and a package whose folder can't be entered is one without files of its own.
  const isNeeded = opened.by === "file" ? !exists(`${posix.dirname(path)}/__pycache__`, container) : !path.endsWith("/__init__.py");
  return isNeeded ? closedProblem(`${from} imports ${name} as it starts, and ${opened.why}`, from) : undefined;
}
