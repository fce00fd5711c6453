import { readFileSync } from "node:fs";
import { relative } from "node:path";

import type { Diagnostic } from "./diagnostic";

/** Diagnostics as a person reads them: place, problem, the line itself, what was expected, what would happen, the fix. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], workingDirectory = process.cwd()): string {
  const blocks = diagnostics.map((diagnostic) => {
    const { code, line, column, problem, expected, consequence, fix } = diagnostic;
    const lines = [
      `${relative(workingDirectory, diagnostic.file)}:${line}:${column}  ${code}  ${problem}`,
      ...excerpt(diagnostic),
      `  expected: ${expected}`,
      ...(consequence ? [`  consequence: ${consequence}`] : []),
      `  fix: ${fix}`,
    ];
    return withoutLogins(lines.join("\n"));
  });
  const count = diagnostics.length;
  return [...blocks, `${count} problem${count === 1 ? "" : "s"}. Nothing was changed.`].join("\n\n");
}

function excerpt({ file, line, column }: Diagnostic): string[] {
  const text = readFileSync(file, "utf8").split(/\r?\n/)[line - 1];
  if (text === undefined || text.trim() === "") return [];
  const gutter = String(line);
  return [`  ${gutter} | ${text}`, `  ${" ".repeat(gutter.length)} | ${" ".repeat(column - 1)}^`];
}

/** Errors end up in logs, and a line may hold a URL with a password. */
export function withoutLogins(text: string): string {
  return text.replace(/\/\/[^/@\s]+@/g, "//…@");
}
