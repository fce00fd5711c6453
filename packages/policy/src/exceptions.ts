import { join } from "node:path";
import { closest, policyExceptionsFile } from "@fairlead/model";
import { readEntries } from "@fairlead/model/files";

import { rules } from "./rules";

/** A resource that may break a rule, and why. */
export interface PolicyException {
  control: string;
  /** Stack that it is for; `*` for all. */
  stack: string;
  /** `<type> <name>`, where `*` in the name stands for anything. */
  resource: string;
  reason: string;
}

const controls = rules.map(({ control }) => control);
const keys = ["control", "stack", "resource", "reason"] as const;

/** The exceptions of the stacks whose configuration is in a folder. */
export function exceptionsIn(configFolder: string): PolicyException[] {
  return readExceptions(join(configFolder, policyExceptionsFile));
}

/**
 * Reads a file of exceptions; none where there is no file.
 *
 * @throws UserError with all that is wrong with the file
 */
export function readExceptions(file: string, knownControls: readonly string[] = controls): PolicyException[] {
  const expected = `a list of exceptions with ${keys.join(", ")}`;
  const kind = { code: "FL2402", list: "exceptions", entry: "exception", texts: keys, expected } as const;
  const exceptions = readEntries(file, kind, ({ control }, path, refuse) => {
    if (typeof control !== "string" || control.trim() === "" || knownControls.includes(control)) return;
    refuse([...path, "control"], unknownControl(control, knownControls));
  });
  return exceptions as unknown as PolicyException[];
}

function unknownControl(control: string, known: readonly string[]) {
  const suggestion = closest(control, known);
  return {
    code: "FL2403" as const,
    problem: `there is no rule for the control ${control}`,
    expected: `one of ${[...known].sort().join(", ")}`,
    fix: suggestion === undefined ? "Correct the name, or remove the exception." : `Did you mean ${suggestion}?`,
  };
}
