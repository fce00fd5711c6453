import type { Function as FunctionNode } from "unbash";

import { sameValue, Variables, type Value } from "./variables";

/** What may have become of the files since the container began. */
export type Files = "as in the image" | "new folders" | "changed";

/** What a shell knows between two commands, as far as it can be told without running it. */
export interface State {
  variables: Variables;
  /** `undefined` for one that there may be. */
  functions: Map<string, FunctionNode | undefined>;
  /** Whether names may mean anything: aliases, files that were read in. */
  isAnyNameDefined: boolean;
  /** `$1` and on; undefined where not known. */
  positional: Value[] | undefined;
  workingDirectory: string | undefined;
  files: Files;
  /** Whether IFS was touched, so that words are split elsewhere. */
  isSplitOtherwise: boolean;
  /** Whether something was installed that may be what is looked for. */
  isInstalling: boolean;
  /** `set -e`, `-u`, `-o pipefail`; undefined where it may be set. */
  errexit: boolean | undefined;
  nounset: boolean | undefined;
  pipefail: boolean | undefined;
}

export function copyOf(state: State): State {
  return { ...state, variables: state.variables.copy(), functions: new Map(state.functions) };
}

/** After a command that may have done anything. */
export function forgetAll(state: State): void {
  state.variables.forgetAll();
  state.isAnyNameDefined = true;
  state.positional = undefined;
  state.workingDirectory = undefined;
  state.files = "changed";
  state.isSplitOtherwise = true;
  state.errexit = state.nounset = state.pipefail = undefined;
}

/** What is true whichever of two ways was taken. */
export function either(a: State, b: State): State {
  const both = <T>(left: T, right: T) => (left === right ? left : undefined);
  const names = [...new Set([...a.functions.keys(), ...b.functions.keys()])];
  const functionOf = (name: string) => both(a.functions.get(name), b.functions.get(name));
  return {
    variables: Variables.ofBoth(a.variables, b.variables),
    functions: new Map(names.map((name) => [name, functionOf(name)])),
    isAnyNameDefined: a.isAnyNameDefined || b.isAnyNameDefined,
    positional: samePositional(a.positional, b.positional) ? a.positional : undefined,
    workingDirectory: both(a.workingDirectory, b.workingDirectory),
    files: filesOfBoth(a.files, b.files),
    isSplitOtherwise: a.isSplitOtherwise || b.isSplitOtherwise,
    isInstalling: a.isInstalling || b.isInstalling,
    errexit: both(a.errexit, b.errexit),
    nounset: both(a.nounset, b.nounset),
    pipefail: both(a.pipefail, b.pipefail),
  };
}

export function filesOfBoth(a: Files, b: Files): Files {
  const order: Files[] = ["as in the image", "new folders", "changed"];
  return order[Math.max(order.indexOf(a), order.indexOf(b))]!;
}

function samePositional(a: Value[] | undefined, b: Value[] | undefined): boolean {
  if (!a || !b) return a === b;
  return a === b || (a.length === b.length && a.every((value, index) => sameValue(value, b[index])));
}
