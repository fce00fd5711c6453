import { posix } from "node:path";

import type { File } from "../files/fileTree";
import { searchPath, type Container, type Starter } from "./container";
import { programProblem } from "./program";

/** The file that is run under a name, all links followed; undefined where none can be. */
export function findProgram(name: string, container: Container, by: Starter): { path: string; node: File } | undefined {
  const { tree, workingDirectory } = container;
  const candidates = name.includes("/") ? [name] : searchPath(container, by).map((folder) => posix.join(folder, name));
  for (const candidate of candidates) {
    if (programProblem(candidate.includes("/") ? candidate : `./${candidate}`, container, by)?.certainty === "dies") continue;
    const found = tree.resolve(candidate, workingDirectory);
    if (found.found && found.node.kind === "file") return { path: found.path, node: found.node };
  }
  return undefined;
}
