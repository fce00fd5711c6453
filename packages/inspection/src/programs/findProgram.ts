import { posix } from "node:path";

import type { File } from "../files/fileTree";
import { isMounted, searchPath, type Container, type Starter } from "../container/container";
import { programProblem } from "./program";

/** The file that is run under a name. */
export interface Program {
  /** Where it was found, links not followed: what Python looks for its virtual environment beside. */
  foundAt: string;
  /** Where the links lead. */
  path: string;
  node: File;
}

/** The file that is run under a name, all links followed; undefined where none can be. */
export function findProgram(name: string, container: Container, by: Starter): Program | undefined {
  const { tree, workingDirectory } = container;
  const candidates = name.includes("/") ? [name] : searchPath(container, by).map((folder) => posix.join(folder, name));
  for (const candidate of candidates) {
    if (programProblem(candidate.includes("/") ? candidate : `./${candidate}`, container, by)?.certainty === "dies") continue;
    const found = tree.resolve(candidate, workingDirectory);
    // Perhaps a program of this name, and perhaps none, so that another folder of PATH has it.
    if (isMounted(candidate, found, container)) return undefined;
    if (found.found && found.node.kind === "file")
      return { foundAt: posix.resolve(workingDirectory, candidate), path: found.path, node: found.node };
  }
  return undefined;
}
