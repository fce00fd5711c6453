import { parse, type ParsedScript, type Statement } from "unbash";

import { limits } from "../limits";

/** What a shell's text says, as far as it can be told. */
export interface ShellText {
  statements: readonly Statement[];
  /** Whether what follows the statements is a mystery: the text is too long, or no grammar that is known here. */
  isCutOff: boolean;
}

/** Reads a shell's text. Shells read line by line: what stands before a fault has run when they see it. */
export function parseShellText(text: string): ShellText {
  if (text.length > limits.textBytes) return { statements: [], isCutOff: true };
  const script = attempt(text);
  if (!script) return { statements: [], isCutOff: true };
  const fault = Math.min(...(script.errors ?? []).map(({ pos }) => pos));
  if (fault === Infinity) return { statements: script.commands, isCutOff: false };
  const line = text.lastIndexOf("\n", fault - 1);
  // A construct that was begun before the fault is part of it.
  const whole = script.commands.filter(({ pos, end }) => end > pos && end <= line);
  return { statements: whole, isCutOff: true };
}

/** Hostile text may nest deeper than the parser's own limits foresee. */
function attempt(text: string): ParsedScript | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
