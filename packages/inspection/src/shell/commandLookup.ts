import { posix } from "node:path";

import { isIn, searchPath, type Container } from "../container/container";
import { mayEnter, mayExecute } from "../container/user";
import { isBuiltin, mayBeApplet } from "./dialect";
import type { Surroundings } from "./run";
import type { State } from "./state";
import type { Value } from "./variables";
import type { Status } from "./status";

/** The first file that somebody may execute under a name, whether Linux takes it for a program or not: what a shell prints and starts. */
export function executableAt(name: string, container: Container): string | undefined {
  const { tree, identity, workingDirectory } = container;
  return candidates(name, container).find((path) => {
    const found = tree.resolve(path, workingDirectory);
    if (!found.found || found.node.kind !== "file") return false;
    return found.searched.every(({ folder }) => mayEnter(folder, identity)) && mayExecute(found.node, identity);
  });
}

/** Whether a file of the name may come with a volume. */
export function mayBeMounted(name: string, container: Container): boolean {
  return candidates(name, container).some((path) => isIn(posix.resolve(container.workingDirectory, path), container.volumes));
}

function candidates(name: string, container: Container): string[] {
  return name.includes("/") ? [name] : searchPath(container, "shell").map((folder) => posix.join(folder, name));
}

/** Found as well, in one shell or the other. */
const keywords = new Set("! [[ ]] case coproc do done elif else esac fi for function if in select then time until while { }".split(" "));

/** How `command -v name` ends. */
export function lookupStatus(name: string, around: Surroundings, state: State): Status {
  if (state.isAnyNameDefined || !state.variables.get("PATH")?.isSure) return "unknown";
  if (isBuiltin(name, around.dialect)) return "success";
  if (name === "" || keywords.has(name) || state.functions.has(name) || state.workingDirectory === undefined) return "unknown";
  if (state.files === "changed" || state.isInstalling) return "unknown";
  const found = around.find(name, state);
  if (found === "unknown") return "unknown";
  if (found !== undefined) return "success";
  return mayBeApplet(name, around.dialect) ? "unknown" : "failure";
}

/** What `command -v name` prints: nothing if it fails, else the name of a builtin or a path. */
export function lookedUp(name: string, around: Surroundings, state: State): Value | undefined {
  const status = lookupStatus(name, around, state);
  if (status === "unknown") return undefined;
  if (status === "failure") return { text: "", isSure: true };
  if (isBuiltin(name, around.dialect)) return { text: name, isSure: true };
  const found = around.find(name, state);
  return found?.includes("/") ? { text: found, isSure: true } : undefined;
}
