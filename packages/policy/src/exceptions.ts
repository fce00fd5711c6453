import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

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
  return readExceptions(join(configFolder, "policy-exceptions.yaml"));
}

/** Reads a file of exceptions; none where there is no file. */
export function readExceptions(file: string, knownControls: readonly string[] = controls): PolicyException[] {
  if (!existsSync(file)) return [];
  const content = (parse(readFileSync(file, "utf8")) ?? {}) as { exceptions?: unknown };
  const exceptions = (content.exceptions ?? []) as Partial<PolicyException>[];
  exceptions.forEach((exception, index) => {
    const missing = keys.filter((key) => typeof exception[key] !== "string" || exception[key].trim() === "");
    if (missing.length > 0) throw new Error(`${file}: exception ${index + 1} has no ${missing.join(", no ")}.`);
    if (!knownControls.includes(exception.control!))
      throw new Error(`${file}: exception ${index + 1} is for ${exception.control}, a control without a rule here.`);
  });
  return exceptions as PolicyException[];
}
