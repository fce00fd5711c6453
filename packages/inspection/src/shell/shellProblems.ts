import { may, type Finding } from "../finding";
import type { Start } from "../start/wrappers";
import { neededPrograms, shellScript } from "./shellCommand";

/** What a shell is told to run and can't; undefined for what is no shell. */
export function shellProblems(words: readonly string[], start: Start): Finding[] | undefined {
  const script = shellScript([...words]);
  if (script === undefined) return undefined;
  const problems = neededPrograms(script).map((name) => start([name], "shell"));
  return problems.every((found) => found.length > 0) ? (problems[0] ?? []).map(may) : [];
}
