import { existsSync } from "node:fs";
import { join } from "node:path";
import { closest, policyExceptionsFile } from "@fairlead/model";
import { checkedFile } from "@fairlead/model/files";

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
  if (!existsSync(file)) return [];
  return checkedFile(file, "FL2401", (value, refuse) => {
    const { exceptions } = (value ?? {}) as { exceptions?: unknown };
    if (exceptions === undefined || exceptions === null) return [];
    const expected = `a list of exceptions with ${keys.join(", ")}`;
    const fix = "Add what is missing.";
    if (!Array.isArray(exceptions)) {
      refuse(["exceptions"], { code: "FL2402", problem: `exceptions is ${JSON.stringify(exceptions)}`, expected, fix });
      return [];
    }
    exceptions.forEach((entry: unknown, index) => {
      const exception = (entry ?? {}) as Partial<Record<string, unknown>>;
      const missing = keys.filter((key) => typeof exception[key] !== "string" || exception[key].trim() === "");
      if (missing.length > 0) {
        refuse(["exceptions", index], { code: "FL2402", problem: `exception ${index + 1} has no ${missing.join(", no ")}`, expected, fix });
      }
      const { control } = exception;
      if (typeof control === "string" && control.trim() !== "" && !knownControls.includes(control)) {
        refuse(["exceptions", index, "control"], unknownControl(control, knownControls));
      }
    });
    return exceptions as PolicyException[];
  });
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
