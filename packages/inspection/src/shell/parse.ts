import { parse, type ParsedScript, type Statement } from "unbash";

import type { FileTree } from "../files/fileTree";
import { limits } from "../limits";

/** What a shell's text says, as far as it can be told. */
export interface ShellText {
  text: string;
  statements: readonly Statement[];
  /** Whether what follows the statements is a mystery: the text is too long, or no grammar that is known here. */
  isCutOff: boolean;
  /** Whether it would be understood without its carriage returns, and shells end behind the statements. */
  isBrokenByCarriageReturns: boolean;
}

/** What was parsed of an image's files and commands, so that what is started often is parsed once. */
const parsed = new WeakMap<FileTree, { texts: Map<string, ShellText>; length: number }>();

/** Reads a shell's text, once for each image. */
export function parseOnce(text: string, tree: FileTree): ShellText {
  const known = parsed.get(tree) ?? { texts: new Map<string, ShellText>(), length: 0 };
  parsed.set(tree, known);
  const before = known.texts.get(text);
  if (before) return before;
  // What a parser makes of a text takes some hundred times its room.
  if (known.length + text.length > limits.shellTextsBytes) return nothing(text);
  known.length += text.length;
  const result = parseShellText(text);
  known.texts.set(text, result);
  return result;
}

/** Reads a shell's text. Shells read line by line: what stands before a fault has run when they see it. */
export function parseShellText(text: string): ShellText {
  const script = text.length <= limits.textBytes ? attempt(text) : undefined;
  if (!script) return nothing(text);
  const fault = Math.min(...(script.errors ?? []).map(({ pos }) => pos));
  const isBroken = fault !== Infinity;
  const line = text.lastIndexOf("\n", fault - 1);
  // A construct that was begun before the fault is part of it.
  const statements = isBroken ? script.commands.filter(({ pos, end }) => end > pos && end <= line) : script.commands;
  const isBrokenByCarriageReturns = isBroken && /\r\n/.test(text) && attempt(text.replaceAll("\r\n", "\n"))?.errors === undefined;
  return { text, statements, isCutOff: isBroken, isBrokenByCarriageReturns };
}

function nothing(text: string): ShellText {
  return { text, statements: [], isCutOff: true, isBrokenByCarriageReturns: false };
}

/** Hostile text may nest deeper than the parser's own limits foresee. */
function attempt(text: string): ParsedScript | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
