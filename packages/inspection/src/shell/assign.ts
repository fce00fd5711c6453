import type { Assignment } from "unbash";

import type { Run } from "./run";
import type { Outcome } from "./status";
import { sideEffectsOf } from "./wordEffects";
import { expandToText } from "./words";

/** `NAME=value`; how a command in the value ended, if there is one. */
export function assign({ name, value, append, index }: Assignment, run: Run): Outcome | undefined {
  const result = sideEffectsOf(value, run);
  const text = value.type === "Word" && !append && !index ? expandToText(value, run.words) : undefined;
  if (text) run.state.variables.set(name, text);
  else run.state.variables.delete(name);
  return result;
}
