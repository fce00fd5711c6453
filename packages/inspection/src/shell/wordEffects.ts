import type { CommandExpansionPart, ParameterExpansionPart, SimpleExpansionPart, SyntaxNode, TestExpression } from "unbash";

import { badSubstitution, missingVariable } from "./expansionErrors";
import type { Run } from "./run";
import type { Outcome } from "./status";
import { walk } from "./syntaxNodes";
import { expandToText, isThere } from "./words";

/**
 * What happens as a shell fills in a word: commands in it are run, variables are set, an unset one may end the text.
 *
 * @param isSure false where the word is filled in only perhaps, or elsewhere
 * @returns how the last command in it ended; `gone` where the shell ends; undefined if there is none
 */
export function sideEffectsOf(word: SyntaxNode, run: Run, isSure = true): Outcome | undefined {
  let last: Outcome | undefined;
  walk(word, (node) => {
    if (last?.status === "gone") return false;
    switch (node.type) {
      case "CommandExpansion": {
        const { script } = node as unknown as CommandExpansionPart;
        last = script && !script.errors?.length ? substituted(script.commands, run) : run.anything();
        return false;
      }
      case "ProcessSubstitution":
        run.mayLive();
        return false;
      case "ArithmeticExpansion":
      case "ArithmeticCommand":
        // It may set variables, and `a[$(…)]` run anything.
        run.state.variables.forgetAll();
        if (run.state.nounset !== false) run.endings.failure = true;
        return;
      case "TestLogical": {
        const [first, ...others] = (node as unknown as { operands: TestExpression[] }).operands;
        last = first && sideEffectsOf(first, run, isSure);
        if (last?.status !== "gone") for (const other of others) sideEffectsOf(other, run, false);
        return false;
      }
      case "SimpleExpansion":
        last =
          filledIn((node as unknown as SimpleExpansionPart).text.slice(1), node as unknown as SimpleExpansionPart, run, isSure) ?? last;
        return;
      case "ParameterExpansion":
        last = run.nested(() => operate(node as unknown as ParameterExpansionPart, run, isSure)) ?? last;
        return false;
    }
  });
  return last;
}

function substituted(commands: Parameters<Run["list"]>[0], run: Run): Outcome {
  return run.nested(() =>
    run.subshell(() => {
      // bash and BusyBox forget `set -e` in there, unless they are told to be POSIX's.
      if (run.state.errexit && run.around.dialect !== "dash") run.state.errexit = undefined;
      return run.list(commands);
    }),
  );
}

function operate(part: ParameterExpansionPart, run: Run, isSure: boolean): Outcome | undefined {
  const { parameter, prefix, index, operation } = part;
  const bad = run.around.dialect === "dash" ? badSubstitution(part) : undefined;
  if (bad) return ended(run, [bad], isSure);
  // How bash fills in arrays and references is not followed.
  if (index || prefix === "!") return mayFail(run);
  if (operation?.type !== "Default") {
    const { pattern, replacement, operand, offset, length } = (operation ?? {}) as Partial<Record<string, SyntaxNode>>;
    const checked = filledIn(parameter, part, run, isSure);
    for (const word of checked?.status === "gone" ? [] : [pattern, replacement, operand, offset, length])
      if (word) sideEffectsOf(word, run, false);
    return checked;
  }
  const { operator, operand } = operation;
  const there = isThere(part, run.words);
  const kind = operator.at(-1);
  const isUsed = there === undefined ? undefined : there === (kind === "+");
  if (isUsed === false) return undefined;
  const result = sideEffectsOf(operand, run, isSure && isUsed === true);
  if (result?.status === "gone") return result;
  if (kind === "?") return isUsed ? ended(run, [missingVariable(part, run)], isSure) : mayFail(run);
  if (kind === "=") {
    const value = isUsed && isSure ? expandToText(operand, run.words) : undefined;
    if (value) run.state.variables.set(parameter, value);
    else run.state.variables.forget(parameter);
  }
  return result;
}

/** What `set -u` makes of a variable. */
function filledIn(name: string, part: SimpleExpansionPart | ParameterExpansionPart, run: Run, isSure: boolean): Outcome | undefined {
  const { nounset, variables } = run.state;
  if (nounset === false || /^[@*#?$0-]$/.test(name)) return undefined;
  const isSet = /^[1-9]\d*$/.test(name) ? isThere({ parameter: name, operation: undefined }, run.words) : isKnownAsSet(variables.get(name));
  if (isSet) return undefined;
  return nounset && isSet === false ? ended(run, [missingVariable(part, run)], isSure) : mayFail(run);
}

function isKnownAsSet(value: { isUnset?: true } | undefined): boolean | undefined {
  return value && value.isUnset !== true;
}

function mayFail(run: Run): undefined {
  run.endings.failure = true;
}

/** The shell ends, whatever stands around the word. */
function ended(run: Run, problems: Parameters<Run["end"]>[1], isSure: boolean): Outcome | undefined {
  if (isSure) return run.end("failure", problems);
  return mayFail(run);
}
