import type { Assignment, Command, Word } from "unbash";

import type { Finding } from "../finding";
import { assign } from "./assign";
import { builtin } from "./builtins";
import { isBuiltin } from "./dialect";
import { forgetChangesOf } from "./loopChanges";
import { program } from "./program";
import { filesOf } from "./patterns";
import type { CommandContext, Run } from "./run";
import { unknownWords } from "../container/unknownWords";
import type { Value } from "./variables";
import { outcome, type Outcome } from "./status";
import { isBothRedirected, redirectionsOf } from "./redirections";
import { sideEffectsOf } from "./wordEffects";
import { expandToText, expandWord } from "./words";

/** What a shell makes of a command without `&&`, `|` and the like. */
export function simpleCommand(node: Command, run: Run): Outcome {
  const assignments = node.prefix.filter((part): part is Assignment => part.type === "Assignment");
  if (!node.name) {
    let last: Outcome | undefined;
    for (const assignment of assignments) {
      last = assign(assignment, run) ?? last;
      if (last?.status === "gone") return last;
    }
    const redirections = redirectionsOf(node.redirects, run);
    return run.checked(run.redirected(last ?? outcome("success"), redirections));
  }
  if (isBothRedirected(node.redirects, run)) return run.anything();
  const words = wordsOf([node.name, ...node.args], run);
  if (words && "status" in words) return words;
  const prefix = prefixOf(assignments, run);
  if ("status" in prefix) return prefix;
  const redirections = redirectionsOf(node.redirects, run);
  if (words === undefined) return run.anything();
  if (redirections.kind === "fail") return refused(words[0]!.text, redirections.problem, run);
  const result = commandOf(words, { node, prefix, run });
  return run.checked(run.redirected(result, redirections));
}

/** Variables for one command alone. Each sees those before it. */
function prefixOf(assignments: readonly Assignment[], run: Run): Map<string, string> | Outcome {
  const prefix = new Map<string, string>();
  const { state } = run;
  const { variables } = state;
  state.variables = variables.copy();
  for (const { name, value } of assignments) {
    const effects = sideEffectsOf(value, run);
    if (effects?.status === "gone") return effects;
    const text = value.type === "Word" ? expandToText(value, run.words) : undefined;
    prefix.set(name, text?.isSure ? text.text : unknownWords);
    if (text) state.variables.set(name, text);
    else state.variables.forget(name);
  }
  state.variables = variables;
  // `A=${B:=x} command`
  for (const { value } of assignments) forgetChangesOf(value, state);
  return prefix;
}

/** A command that is not run, for its files can't be opened. Some of a shell's own end it then, in most shells. */
function refused(name: string, problem: Finding, run: Run): Outcome {
  if (special.has(name) && !run.state.functions.has(name)) {
    if (run.around.dialect !== "bash") return run.end("failure", [problem]);
    run.mayEnd("failure", [problem]);
  }
  return run.checked(outcome("failure", [problem]));
}

const special = new Set([
  ".",
  ":",
  "break",
  "continue",
  "eval",
  "exec",
  "exit",
  "export",
  "readonly",
  "return",
  "set",
  "shift",
  "times",
  "trap",
  "unset",
]);

/** A command whose words are filled in: a function, the shell's own, or a program. */
export function commandOf(words: Value[], context: CommandContext, mayBeFunction = true): Outcome {
  const [first, ...args] = words;
  const { run } = context;
  if (!first) return outcome("unknown");
  if (first.text === unknownWords || run.state.isAnyNameDefined) return run.anything();
  const name = first.text;
  if (mayBeFunction && run.state.functions.has(name)) {
    const definition = run.state.functions.get(name);
    // Variables in front of it are a function's own in some shells.
    return definition && context.prefix.size === 0 ? run.call(definition, first.isSure ? known(args) : undefined) : run.anything();
  }
  if (isBuiltin(name, run.around.dialect)) {
    // Some keep the variables in front of them, and `eval` runs more with them.
    const isKept = context.prefix.size > 0 && name !== "exec" && (special.has(name) || name === "command" || name === "source");
    return first.isSure && !isKept ? builtin(name, args, context) : run.anything();
  }
  return program(words, context);
}

/** Words that are all known. */
function known(words: Value[]): Value[] | undefined {
  return words.some(({ text }) => text === unknownWords) ? undefined : words;
}

/** Words as the shell makes them; undefined where even the first is not known, an outcome where it ends as it fills them in. */
function wordsOf(parts: readonly (Word | Assignment)[], run: Run): Value[] | Outcome | undefined {
  const words: Value[] = [];
  let isShifted = false;
  for (const part of parts) {
    const effects = sideEffectsOf(part, run);
    if (effects?.status === "gone") return effects;
    if (part.type === "Assignment") {
      const value = part.value.type === "Word" ? expandToText(part.value, run.words) : undefined;
      // Of `export NAME=…` the name is known, whatever the value is.
      words.push({ text: `${part.name}=${value?.text ?? unknownWords}`, isSure: value?.isSure ?? false });
      continue;
    }
    const values = expandWord(part, run.words) ?? (words.length > 0 ? filesOf(part, run) : undefined);
    if (!values && words.length === 0) return undefined;
    if (values?.some(({ isAbsent }) => isAbsent)) isShifted = true;
    else words.push(...(values ?? [unknownValue]));
    if (words.length > 1000) return undefined;
  }
  if (words.length === 0) return undefined;
  return isShifted ? words.map((word) => ({ ...word, isSure: false })) : words;
}

const unknownValue: Value = { text: unknownWords, isSure: false };
