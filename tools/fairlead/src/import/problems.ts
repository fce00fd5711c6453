import { join } from "node:path";
import { coded, UserError, type FileProblem } from "@fairlead/model";

/** Problems of what is imported, with the paths of this machine. */
export function problemsOf(problems: readonly FileProblem[], folder: string): UserError {
  const placed = problems.map((problem) => ({ ...problem, file: join(folder, problem.file) }));
  return new UserError(`${placed.length} problem${placed.length === 1 ? "" : "s"} in what is to be imported`, placed);
}

/** That what is named has nothing to import. */
export function nothingToImport(problem: string, expected: string, fix: string): UserError {
  return new UserError(coded("FL2906", `${problem}\n  expected: ${expected}\n  fix: ${fix}`));
}
