import type { Assignment } from "unbash";

import { startVariableNames } from "@fairlead/model";

import type { Run } from "./run";
import type { Outcome } from "./status";
import { sideEffectsOf } from "./wordEffects";
import { expandToText } from "./words";

/** `NAME=value`; how a command in the value ended, if there is one. */
export function assign({ name, value, append, index }: Assignment, run: Run, isExported = false): Outcome | undefined {
  const result = sideEffectsOf(value, run);
  if (result?.status === "gone") return result;
  const given = value.type === "Word" && !append && !index ? expandToText(value, run.words) : undefined;
  // Whether it reaches programs depends on what else is said of it.
  const isHidden = startVariableNames.has(name) && !isExported && run.state.variables.get(name)?.isUnset;
  const text = given && { text: given.text, isSure: given.isSure && !isHidden };
  if (name === "IFS") run.state.isSplitOtherwise = true;
  // bash's own tables of names.
  if (name === "BASH_CMDS" || name === "BASH_ALIASES") run.state.isAnyNameDefined = true;
  if (text) run.state.variables.set(name, text);
  else run.state.variables.forget(name);
  return result;
}
