import type { ArrayValue, CaseItem, Function as FunctionNode, Statement } from "unbash";

import { finding, type Finding } from "../finding";
import type { Dialect } from "./dialect";
import { walk, type AnyNode } from "./syntaxNodes";

/** What bash reads and a smaller shell ends at, before it runs anything of the line. Each was given to dash 0.5.12 and BusyBox 1.35. */
const bashAlone: { what: string; dialects: readonly Dialect[]; matches: (node: AnyNode, text: string) => boolean }[] = [
  { what: "an array", dialects: ["dash", "busybox"], matches: ({ type }) => type === ("ArrayValue" satisfies ArrayValue["type"]) },
  { what: "<<<", dialects: ["dash", "busybox"], matches: ({ type }) => type === "HereString" },
  { what: "for ((…))", dialects: ["dash", "busybox"], matches: ({ type }) => type === "ArithmeticFor" },
  { what: "select", dialects: ["dash", "busybox"], matches: ({ type }) => type === "Select" },
  {
    what: ";&",
    dialects: ["dash", "busybox"],
    matches: (node) => node.type === "CaseItem" && ![undefined, ";;"].includes((node as unknown as CaseItem).terminator),
  },
  { what: "<(…)", dialects: ["dash"], matches: ({ type }) => type === "ProcessSubstitution" },
  { what: '"function"', dialects: ["dash"], matches: isFunctionOnOneLine },
];

/** `function name {` is a command called function to dash, and what follows on further lines is run; only on the same line the bracket is one too many. */
function isFunctionOnOneLine(node: AnyNode, text: string): boolean {
  if (node.type !== "Function") return false;
  const { pos, end, name } = node as unknown as FunctionNode;
  const source = text.slice(pos, end);
  return isFunctionKeyword(node as unknown as FunctionNode) && /^[\w-]+$/.test(name.text) && /\{/.test(source) && !/[\n()`]/.test(source);
}

/** Whether bash's keyword stands before the name. */
export function isFunctionKeyword({ pos, name }: FunctionNode): boolean {
  return name.pos > pos;
}

/** Why a shell can't even read a command; undefined if it can, or if that is not known. */
export function syntaxProblem(statement: Statement, text: string, dialect: Dialect): Finding | undefined {
  let found: string | undefined;
  walk(statement, (node) => {
    found ??= bashAlone.find(({ dialects, matches }) => dialects.includes(dialect) && matches(node, text))?.what;
    return found === undefined;
  });
  if (found === undefined) return undefined;
  return bashism(found, dialect, lineOf(statement, text));
}

/** `function name {` */
export function functionKeyword(name: string): Finding {
  return bashism('"function"', "dash", `function ${name.slice(0, 100)}`);
}

/** What a smaller shell does not know. */
export function bashism(found: string, dialect: Dialect, where: string): Finding {
  const name = dialect === "busybox" ? "BusyBox's sh" : dialect;
  return finding(
    "FL2134",
    `${found} is bash's, and ${name} does not know it: ${where}`,
    "Let bash run it (#!/bin/bash, SHELL), and install it where it is not; or write it as POSIX has it.",
  );
}

function lineOf({ pos }: Statement, text: string): string {
  return text.slice(pos).split("\n")[0]!.slice(0, 200);
}

/** Carriage returns, which shells take for a part of words. */
export function carriageReturns(problem: string): Finding {
  return finding("FL2134", problem, 'Save it with Unix line ends, and add "* text=auto eol=lf" to .gitattributes.');
}
