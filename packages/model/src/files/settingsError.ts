import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { coded } from "../codes/coded";
import { configurationFile } from "../stackFiles";
import { UserError } from "../userError";
import type { FileProblem } from "./fileProblem";
import { YamlSource } from "./yamlSource";

/** What is wrong with one setting of a stack. */
export interface SettingProblem extends Pick<FileProblem, "code" | "problem" | "expected" | "fix"> {
  /** With its namespace: `fairlead:buildCache`. */
  key: string;
  /** What of it is wrong, and shown: its value by default. */
  part?: "key" | "value";
}

/** The mistake of having such settings, each with its place in the stack's file. One of the command line's (`-c`) stands in no file. */
export function settingsError(
  configFolder: string,
  stack: string,
  found: readonly SettingProblem[],
  heading = `${found.length} setting${found.length === 1 ? "" : "s"} of the stack ${stack} can't be used:`,
): UserError {
  const file = join(configFolder, configurationFile(stack));
  const source = existsSync(file)
    ? new YamlSource(file, readFileSync(file, "utf8"), { syntax: "FL2401", duplicateKey: "FL2401" })
    : undefined;
  const elsewhere: string[] = [];
  const problems: FileProblem[] = [];
  for (const { key, part, code, problem, expected, fix } of found) {
    const path = ["config", key];
    if (source?.has(path)) {
      const place = part === "key" ? source.locateKey(path) : source.locate(path);
      problems.push({ code, file, ...place, problem, expected, fix });
    } else {
      elsewhere.push(`  ${coded(code, problem)}: expected ${expected}.\n    fix: ${fix}`);
    }
  }
  return new UserError([heading, ...elsewhere].join("\n"), problems);
}

/** The problem of a value that is not allowed. */
export function refusedValue(stack: string, key: string, value: string, expected: string): SettingProblem {
  return {
    key,
    code: "FL2407",
    problem: `${key} is ${JSON.stringify(value)}`,
    expected,
    fix: `pulumi config set ${key} <value> -s ${stack}`,
  };
}
