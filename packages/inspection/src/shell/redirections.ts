import { posix } from "node:path";
import type { Redirection, Word } from "unbash";

import { finding, type Finding } from "../finding";
import type { Redirections, Run } from "./run";
import { readingRefused, writingRefused } from "./opening";
import { filesOfBoth, type Files, type State } from "./state";
import { sideEffectsOf } from "./wordEffects";
import { expandToText } from "./words";

/** Whether a command's redirections surely succeed, or surely don't. */
export function redirectionsOf(redirections: readonly Redirection[], run: Run): Redirections {
  let result: Redirections = { kind: "safe" };
  for (const redirection of redirections) {
    // bash fills in those of a program in the program's process.
    sideEffectsOf(redirection, run, false);
    if (redirection.descriptor?.type === "FileDescriptorVariable") run.state.variables.forget(redirection.descriptor.name);
    if (redirection.type !== "Redirect" || result.kind === "fail") continue;
    const { target, operator } = redirection;
    if (isHarmless(target, operator)) continue;
    const value = target && expandToText(target, run.words);
    const path = value?.isSure && run.state.workingDirectory !== undefined ? value.text : undefined;
    const problem = path && failure(path, operator, run);
    result = problem ? { kind: "fail", problem } : { kind: "unsafe" };
    if (!problem && !operator.startsWith("<")) run.state.files = filesOfBoth(run.state.files, effectOfWriting(path, run.state));
  }
  return result;
}

/** `&>` is bash's: to a smaller shell it is `&` and then `>`. */
export function isBothRedirected(redirections: readonly Redirection[], { around }: Run): boolean {
  return around.dialect !== "bash" && redirections.some(({ operator }) => operator.startsWith("&>"));
}

/** Files that nobody runs, loads or is looked up in. */
const ofNoProgram =
  /^(?!\/etc\/ld\.so)[^\n]*(^\/(tmp|var\/(log|run|lib|cache|tmp)|run)\/[\w.-]+|\.(log|pid|conf|env|ini|cfg|toml|ya?ml|txt|xml|html|properties|pem|crt|key))$/;

/** @param path undefined where it is not known */
function effectOfWriting(path: string | undefined, { workingDirectory = "/" }: State): Files {
  return path !== undefined && ofNoProgram.test(posix.resolve(workingDirectory, path)) ? "new folders" : "changed";
}

function isHarmless(target: Word | undefined, operator: string): boolean {
  if (!target || target.parts) return false;
  if (/^[<>]&$/.test(operator)) return /^([012]|-)$/.test(target.value);
  return /^\/dev\/(null|stdout|stderr|fd\/[12])$/.test(target.value);
}

/** A file that can't be opened as the command asks. */
function failure(path: string, operator: string, { state, around: { container } }: Run): Finding | undefined {
  const reads = operator === "<";
  if (!reads && ![">", ">>", ">|"].includes(operator)) return undefined;
  if (state.files !== "as in the image") return undefined;
  const { workingDirectory = "/" } = state;
  const file = posix.resolve(workingDirectory, path);
  const why = (reads ? readingRefused : writingRefused)(path, { ...container, workingDirectory });
  if (why === undefined) return undefined;
  return finding(
    "FL2130",
    `the shell is to ${reads ? "read" : "write to"} ${file}, and ${why}`,
    reads
      ? "COPY it in the Dockerfile, or correct path and rights."
      : "Write to /dev/stdout, or make a folder for it that the task's user can write to.",
    file,
  );
}
