import type { CommandExpansionPart, ParameterExpansionPart, SyntaxNode } from "unbash";

import type { Run } from "./run";
import type { Outcome } from "./status";
import { walk } from "./syntaxNodes";

/**
 * What happens as a shell fills in a word: commands in it are run, variables are set, an unset one may end the text.
 *
 * @returns how the last command in it ended; undefined if there is none
 */
export function sideEffectsOf(word: SyntaxNode, run: Run): Outcome | undefined {
  let last: Outcome | undefined;
  walk(word, (node) => {
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
        run.state.variables.clear();
        if (run.state.nounset !== false) run.endings.failure = true;
        return;
      case "SimpleExpansion":
      case "ParameterExpansion":
        if (run.state.nounset !== false) run.endings.failure = true;
        if (node.type === "ParameterExpansion") operate(node as unknown as ParameterExpansionPart, run);
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

function operate({ parameter, operation, prefix }: ParameterExpansionPart, run: Run): void {
  if (operation?.type === "Default" && operation.operator.endsWith("=")) run.state.variables.delete(parameter);
  if (prefix !== "#" && operation?.type === "Default" && operation.operator.endsWith("?")) run.endings.failure = true;
}
