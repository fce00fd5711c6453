import type { Assignment } from "unbash";

import type { Run } from "./run";
import type { Outcome } from "./status";
import { sideEffectsOf } from "./wordEffects";
import { expandToText } from "./words";

/** Variables that decide what a program finds. */
const deciding = new Set(
  (
    "LD_LIBRARY_PATH LD_PRELOAD NODE_OPTIONS NODE_PATH PYTHONPATH PYTHONHOME VIRTUAL_ENV CLASSPATH JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS GEM_PATH " +
    "GEM_HOME RUBYLIB RUBYOPT BUNDLE_GEMFILE BUNDLE_PATH DOTNET_ROOT"
  ).split(" "),
);

/** `NAME=value`; how a command in the value ended, if there is one. */
export function assign({ name, value, append, index }: Assignment, run: Run): Outcome | undefined {
  const result = sideEffectsOf(value, run);
  const text = value.type === "Word" && !append && !index ? expandToText(value, run.words) : undefined;
  if (text) run.state.variables.set(name, text);
  else run.state.variables.delete(name);
  if (!text && deciding.has(name)) run.state.isEnvironmentKnown = false;
  return result;
}
