const shown = 10;

/** The last lines, or those from the last that names an error on: a stack below it says less. */
export function tellingLines(lines: readonly string[]): string[] {
  const folded = withoutRepeats(lines);
  const error = folded.findLastIndex((line) => /^(?!\s).*(Error|Exception|FATAL|panic)\b/i.test(line));
  return error < 0 ? folded.slice(-shown) : folded.slice(placeOf(folded, error)).slice(0, shown);
}

/** Where the place of a mistake begins: Node and Python say it before the error, with the line of code, which no stack says again. */
function placeOf(lines: readonly string[], error: number): number {
  if (!/^(Syntax|Type|Reference|Range)Error\b/.test(lines[error]!)) return error;
  const first = lines.slice(0, error).findLastIndex((line) => /^(\/|file:|\w:\\).*:\d+$|^\s+File ".*", line \d+/.test(line));
  return first >= 0 && error - first <= 5 ? first : error;
}

/** Lines that repeat one after the other, once. */
function withoutRepeats(lines: readonly string[]): string[] {
  const runs: { line: string; times: number }[] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.line === line) last.times++;
    else runs.push({ line, times: 1 });
  }
  return runs.map(({ line, times }) => (times > 1 && line.trim() !== "" ? `${line} (${times} times)` : line));
}
