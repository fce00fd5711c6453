import { posix } from "node:path";
import type { CommandExpansionPart, Word } from "unbash";

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
  const folders = state.variables.get("PATH")!.text.split(":");
  const found = folders.map((folder) => posix.join(folder, name)).filter((path) => around.tree.resolve(path).found);
  return found.length > 0 && found[0]!.startsWith("/") ? { text: found[0]!, isSure: found.length === 1 } : undefined;
}

/** The name in `$(command -v name)`; undefined for any other substitution. */
export function lookedUpName({ script }: CommandExpansionPart): Word | undefined {
  const [statement, ...others] = script?.commands ?? [];
  if (!statement || others.length > 0 || script!.errors?.length || statement.background) return undefined;
  const { command } = statement;
  if (command.type !== "Command" || command.name?.text !== "command" || command.prefix.length > 0) return undefined;
  const [option, name, ...more] = command.args;
  const isQuiet = command.redirects.every(
    (redirect) =>
      redirect.type === "Redirect" &&
      redirect.operator === ">" &&
      redirect.target?.text === "/dev/null" &&
      redirect.descriptor?.type === "FileDescriptor" &&
      redirect.descriptor.value === 2,
  );
  if (!isQuiet) return undefined;
  return option?.type === "Word" && option.text === "-v" && name?.type === "Word" && more.length === 0 ? name : undefined;
}
