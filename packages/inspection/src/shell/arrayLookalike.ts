import type { Statement } from "unbash";

import { finding, type Finding } from "../finding";

/**
 * `CMD [ 'node', 'x.js' ]`: JSON has double quotes alone, so that builders take the line for a shell's. To a shell `[` is a command that compares words, and
 * the container ends with it.
 *
 * @see https://docs.docker.com/reference/dockerfile/#exec-form
 */
export function arrayLookalike(text: string, statements: readonly Statement[]): Finding | undefined {
  const [statement, ...others] = statements;
  if (
    !statement ||
    others.length > 0 ||
    statement.background ||
    !/^\s*\[\s*('[^'\n]*'|"[^"$`\n]*")[ \t]*[,\]]/.test(text) ||
    !/\]\s*$/.test(text)
  )
    return undefined;
  const { command } = statement;
  if (command.type !== "Command" || !command.name?.text.startsWith("[") || command.redirects.length > 0) return undefined;
  const isTest = command.name.text === "[";
  // Otherwise it is a program with a strange name, which there may be.
  if (!isTest && !/^\[['"].*,?$/.test(command.name.text)) return undefined;
  return finding(
    "FL2131",
    `the shell is given ${text.trim().slice(0, 200)}, which is no JSON: ${isTest ? '"[" compares words, and ends' : `it looks for a program "${command.name.value}"`}`,
    `Double quotes, and a comma between: CMD ${exampleOf(text)}`,
  );
}

function exampleOf(text: string): string {
  const words = [...text.matchAll(/'([^'\n]{0,100})'|"([^"\n]{0,100})"/g)].map(([, single, double]) => single ?? double ?? "");
  return JSON.stringify(words.slice(0, 20)).replaceAll('","', '", "');
}
