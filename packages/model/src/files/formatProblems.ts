import { readFileSync } from "node:fs";
import { relative } from "node:path";

import { printable } from "../shortened";
import { withoutLogins } from "../withoutLogins";
import type { FileProblem } from "./fileProblem";

/**
 * Problems as a person reads them: place, problem, the line itself, what was expected, what would happen, the fix.
 *
 * @param ends whether it ends what was asked for: what goes on all the same does not say that nothing was changed
 */
export function formatProblems(problems: readonly FileProblem[], workingDirectory = process.cwd(), ends = true): string {
  const hidden = new Set(problems.filter(({ isSecret }) => isSecret).map(placeOf));
  const blocks = problems.map((found) => {
    const { code, line, column, problem, expected, consequence, fix } = found;
    const lines = [
      `${relative(workingDirectory, found.file)}:${line}:${column}  ${code}  ${problem}`,
      ...(hidden.has(placeOf(found)) ? [] : excerpt(found)),
      `  expected: ${expected}`,
      ...(consequence ? [`  consequence: ${consequence}`] : []),
      `  fix: ${fix}`,
    ];
    return withoutLogins(lines.map(printable).join("\n"));
  });
  const count = problems.length;
  return [...blocks, `${count} problem${count === 1 ? "" : "s"}.${ends ? " Nothing was changed." : ""}`].join("\n\n");
}

/** A line: a secret on it is not shown with another problem of the line's either. */
function placeOf({ file, line }: FileProblem): string {
  return `${file}:${line}`;
}

/** More of a line nobody looks through. */
const widest = 120;

/** Those of a file; none of one that isn't there, of which a problem may tell. */
function linesOf(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/);
  } catch {
    return [];
  }
}

function excerpt({ file, line, column }: FileProblem): string[] {
  const text = linesOf(file)[line - 1];
  if (text === undefined || text.trim() === "") return [];
  const gutter = String(line);
  const from = text.length > widest ? Math.max(0, Math.min(column - 1 - widest / 2, text.length - widest)) : 0;
  const [left, right] = [from > 0 ? "…" : "", from + widest < text.length ? "…" : ""];
  const before = printable(left + text.slice(from, column - 1));
  const after = printable(text.slice(column - 1, from + widest) + right);
  return [`  ${gutter} | ${before}${after}`, `  ${" ".repeat(gutter.length)} | ${" ".repeat(before.length)}^`];
}
