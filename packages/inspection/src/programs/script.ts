import { posix } from "node:path";

import type { FileContent } from "../files/fileContent";
import { finding, may, type Finding } from "../finding";
import { isMounted, unlessShell, type Container, type Starter } from "../container/container";
import { envCommand } from "../container/env";

/** Linux follows as many scripts that interpret each other, and refuses the next. */
const interpreterDepth = 5;

/** Interpreters that have been seen to end at an option with a carriage return. */
const refuseCarriageReturns = /^(env|sh|bash|dash|ash|node|python[\d.]*)$/;

/** How a script is started, and what is asked of the programs that it names. */
export interface ScriptStart {
  by: Starter;
  /** How many scripts it interprets. */
  depth: number;
  interpreter: (path: string) => Finding | undefined;
  /** What `env` starts. */
  ofEnv: (name: string, container: Container) => Finding | undefined;
}

/**
 * Why a text that begins with `#!` can't be started.
 *
 * @see https://man7.org/linux/man-pages/man2/execve.2.html
 */
export function scriptProblem(
  path: string,
  { interpreter, argument, isCutOff }: Extract<FileContent, { kind: "script" }>,
  container: Container,
  start: ScriptStart,
): Finding | undefined {
  const { by, depth } = start;
  if (isCutOff)
    return unlessShell(
      by,
      finding("FL2110", `the first line of ${path} names an interpreter beyond the 256 bytes that Linux reads`, "Shorten its path.", path),
    );
  if (interpreter.endsWith("\r") || argument?.endsWith("\r")) {
    const found = finding(
      "FL2109",
      `the first line of ${path} ends with a carriage return: Linux looks for "${`${interpreter} ${argument ?? ""}`.trim()}\\r"`,
      'Save it with Unix line ends, and add "* text=auto eol=lf" to .gitattributes.',
      path,
    );
    // Perl, for one, takes it for a blank.
    return argument === undefined || refuseCarriageReturns.test(posix.basename(interpreter)) ? found : may(found);
  }
  if (interpreter === "")
    return unlessShell(by, finding("FL2110", `${path} begins with #! and names no interpreter`, "Name one: #!/bin/sh.", path));
  if (depth >= interpreterDepth)
    return finding(
      "FL2108",
      `${path} is run by a script that is run by a script, ${depth} times over`,
      "Name a program as interpreter.",
      path,
    );
  const resolution = container.tree.resolve(interpreter, container.workingDirectory);
  if (isMounted(interpreter, resolution, container)) return undefined;
  if (!resolution.found && resolution.reason !== "loop") {
    const { link } = resolution;
    const from = interpreter.startsWith("/") ? "" : ` as seen from ${container.workingDirectory}`;
    return finding(
      "FL2108",
      `${path} is run by ${interpreter}, which is not in the image${from}${link ? ` (${link.path} → ${link.target})` : ""}`,
      interpreterFix(interpreter, container),
      path,
    );
  }
  const problem = start.interpreter(interpreter);
  if (problem) return { ...problem, problem: `${path} is run by ${interpreter}: ${problem.problem}` };
  if (posix.basename(interpreter) !== "env" || argument === undefined || !resolution.found) return undefined;
  return envProblem(path, argument, posix.basename(resolution.path) === "busybox", container, start);
}

function interpreterFix(interpreter: string, { tree }: Container): string {
  const name = posix.basename(interpreter);
  if (name === "bash" && tree.resolve("/bin/sh").found) return "Install bash, or write the script for sh: #!/bin/sh.";
  return `Install ${name}, or name the interpreter where it is.`;
}

/** Linux hands everything after the interpreter over as one argument. */
function envProblem(path: string, argument: string, ofBusyBox: boolean, container: Container, start: ScriptStart): Finding | undefined {
  const command = envCommand([argument, path], container);
  const name = command?.words[0];
  if (command === undefined || name === undefined || name === path) return undefined;
  if (command.splits && ofBusyBox)
    return finding(
      "FL2108",
      `${path} is run by env with ${argument}, and env of BusyBox has no -S`,
      "Install coreutils (Alpine: apk add coreutils-env), or name one interpreter without options.",
      path,
    );
  if (!command.splits && /[ \t]/.test(name))
    return finding("FL2108", `${path} makes env look for a program named "${name}"`, `Split it: #!/usr/bin/env -S ${name}`, path);
  const problem = start.ofEnv(name, command.container);
  return (
    problem && {
      ...problem,
      code: problem.code === "FL2104" ? "FL2108" : problem.code,
      file: path,
      problem: `${path} is run by env, and ${problem.problem}`,
    }
  );
}
