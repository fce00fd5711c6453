import { readFileSync } from "node:fs";
import { basename } from "node:path";

import type { Code } from "../codes/table";
import { UserError } from "../userError";
import type { FileProblem } from "./fileProblem";
import { YamlSource } from "./yamlSource";

type Path = readonly (string | number)[];

/** Says what is wrong with the value at a path. */
export type Refuse = (path: Path, problem: Pick<FileProblem, "code" | "problem" | "expected" | "fix">) => void;

/**
 * What a file in YAML or JSON says.
 *
 * @param syntax the code of a file that can't be parsed
 * @param check looks at the value, and refuses all of it that is wrong
 * @throws UserError with all problems of the file
 */
export function checkedFile<T>(file: string, syntax: Code, check: (value: unknown, refuse: Refuse) => T): T {
  const source = new YamlSource(file, readFileSync(file, "utf8"), { syntax, duplicateKey: syntax });
  const problems: FileProblem[] = [...source.problems];
  const refuse: Refuse = (path, problem) => problems.push({ ...problem, file, ...source.locate(path) });
  const checked = problems.length === 0 ? check(source.value, refuse) : undefined;
  if (problems.length > 0) throw new UserError(`${basename(file)} can't be used:`, problems);
  return checked as T;
}
