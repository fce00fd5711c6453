import { unknownWords } from "../start/unknownWords";
import { isBuiltin, mayBeApplet } from "./dialect";
import type { Surroundings } from "./run";
import type { State, Value } from "./state";
import type { Status } from "./status";

/** How `command -v name` ends. */
export function lookupStatus(name: string, around: Surroundings, state: State): Status {
  if (state.isAnyNameDefined || !state.variables.get("PATH")?.isSure) return "unknown";
  if (isBuiltin(name, around.dialect)) return "success";
  if (name.includes("/") || state.functions.has(name) || mayBeApplet(name, around.dialect)) return "unknown";
  const [problem] = around.start([name, unknownWords], state, new Map());
  if (!problem) return "success";
  return problem.code === "FL2104" && state.files !== "changed" && !state.isInstalling ? "failure" : "unknown";
}

/** What `command -v name` prints: nothing if it fails, else the name of a builtin or a path. */
export function lookedUp(name: string, around: Surroundings, state: State): Value | undefined {
  const status = lookupStatus(name, around, state);
  if (status === "unknown") return undefined;
  if (status === "failure") return { text: "", isSure: true };
  if (isBuiltin(name, around.dialect)) return { text: name, isSure: true };
  const found = around.find(name, state);
  return found === undefined ? undefined : { text: found, isSure: true };
}
