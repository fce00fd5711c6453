import { readFileSync } from "node:fs";
import { relative } from "node:path";

import { withoutLogins } from "../withoutLogins";
import type { FileProblem } from "./fileProblem";

/** Problems as a person reads them: place, problem, the line itself, what was expected, what would happen, the fix. */
export function formatProblems(problems: readonly FileProblem[], workingDirectory = process.cwd()): string {
  const blocks = problems.map((found) => {
    const { code, line, column, problem, expected, consequence, fix } = found;
    const lines = [
      `${relative(workingDirectory, found.file)}:${line}:${column}  ${code}  ${problem}`,
      ...excerpt(found),
      `  expected: ${expected}`,
      ...(consequence ? [`  consequence: ${consequence}`] : []),
      `  fix: ${fix}`,
    ];
    return withoutLogins(lines.join("\n"));
  });
  const count = problems.length;
  return [...blocks, `${count} problem${count === 1 ? "" : "s"}. Nothing was changed.`].join("\n\n");
}

function excerpt({ file, line, column }: FileProblem): string[] {
  const text = readFileSync(file, "utf8").split(/\r?\n/)[line - 1];
  if (text === undefined || text.trim() === "") return [];
  const gutter = String(line);
  return [`  ${gutter} | ${text}`, `  ${" ".repeat(gutter.length)} | ${" ".repeat(column - 1)}^`];
}
