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
  /** Where in the value it stands, of a value that has parts. */
  within?: readonly (string | number)[];
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
  for (const { key, part, within = [], code, problem, expected, fix } of found) {
    const path = ["config", key];
    if (source?.has(path)) {
      const place = part === "key" ? source.locateKey(path) : source.locate([...path, ...within]);
      problems.push({ code, file, ...place, problem, expected, fix });
    } else {
      elsewhere.push(`  ${coded(code, problem)}: expected ${expected}.\n    fix: ${fix}`);
    }
  }
  return new UserError([heading, ...elsewhere].join("\n"), problems);
}

/** The problem of a value that is not allowed. @param example what to set instead, as a shell takes it */
export function refusedValue(stack: string, key: string, value: string, expected: string, example = "<value>"): SettingProblem {
  return {
    key,
    code: "FL2407",
    problem: `${key} is ${JSON.stringify(value)}`,
    expected,
    fix: `pulumi config set ${key} ${example} -s ${stack}`,
  };
}

/** The mistake of credentials of another account than the stack's configuration names. @param credentials whose they are */
export function otherAccount(configFolder: string, stack: string, allowedAccountIds: readonly string[], credentials: string): UserError {
  const expected = allowedAccountIds.join(" or ");
  const problem: SettingProblem = {
    key: "aws:allowedAccountIds",
    code: "FL2410",
    problem: `${stack} is of account ${expected}, and these credentials are of ${credentials}`,
    expected: `credentials of ${expected}`,
    fix: "Take those (AWS_PROFILE, aws:profile, aws:assumeRoles), or correct the setting.",
  };
  return settingsError(configFolder, stack, [problem], `${stack} is of another account.`);
}
