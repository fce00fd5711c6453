import { git } from "./worktree";

/** What a stack's program is made of, beside what is installed: its compositions and the packages. Tests and tools are no part of it. */
function isOfProgram(file: string): boolean {
  if (/(^|\/)(node_modules|test|testing)\/|\.(test|slow)\.ts$|^tools\//.test(file)) return false;
  return /\.ts$|(^|\/)(tsconfig[\w.]*|package(-lock)?)\.json$/.test(file);
}

/** Files of the stacks' programs in a workspace, by their path from it. */
export function programFiles(workspace: string): string[] {
  return lines(git(workspace, "ls-files", "--cached", "--others", "--exclude-standard"))
    .filter(isOfProgram)
    .sort();
}

/**
 * Whether the stacks' programs are others than those of a commit, whose types a check has seen.
 *
 * @param head another commit; the working tree without
 */
export function programsDiffer(workspace: string, base: string, head?: string): boolean {
  const range = head === undefined ? [base] : [base, head];
  const changed = lines(git(workspace, "diff", "--name-only", "--relative", ...range));
  const added = head === undefined ? lines(git(workspace, "ls-files", "--others", "--exclude-standard")) : [];
  return [...changed, ...added].some(isOfProgram);
}

function lines(text: string): string[] {
  return text.split("\n").filter(Boolean);
}
