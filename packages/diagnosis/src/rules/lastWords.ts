/** Lines at a level that nobody ends for. */
const quiet = /\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING)\b|["']?level["']?\s*[=:]\s*["']?(?:trace|debug|info|warn)/;
/** Lines that say that something failed for good. */
const loud =
  /\b(?:ERROR|FATAL|CRITICAL|PANIC|SEVERE|EMERG)\b|["']?level["']?\s*[=:]\s*["']?(?:error|fatal|panic|critical)|^(?:panic|fatal)\b|Traceback|\b\w*(?:Exception|Error)\b|FAILED TO START|Uncaught|Unhandled/;
/** Parts of a stack trace: where, not what. */
const trace =
  /^\s+at |^\s*File "|^goroutine \d+|^\s*\S+\.go:\d+|^\s*from \S+:\d+|^[\w./()*][\w./)*]*\(.*\)$|^\s*\.\.\. \d+ more|^\[signal |^[-=*<> ]*$|^Node\.js v\d/;

/** The lines that may say why a program ended: warnings and what is below them tell nothing where something louder comes after. */
export function tellingLines(lines: readonly string[]): string[] {
  const last = lines.findLastIndex((line) => loud.test(line));
  return lines.filter((line, index) => index >= last || !quiet.test(line));
}

/** The line that a program ended with, but for where in it that was; undefined where it logged nothing. */
export function lastLine(lines: readonly string[]): string | undefined {
  return lines.findLast((line) => !trace.test(line)) ?? lines.at(-1);
}

/** The line that says most of why a program ended; undefined where it logged nothing. */
export function headline(lines: readonly string[]): string | undefined {
  const said = lines.filter((line) => !trace.test(line));
  return said.findLast((line) => loud.test(line)) ?? said.at(-1) ?? lines.findLast((line) => line.trim() !== "");
}
