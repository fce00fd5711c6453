import type { Command, For, SyntaxNode, Word } from "unbash";

import { forgetAll, type State } from "./state";
import { walk } from "./syntaxNodes";

/** May define, read in or undo anything. */
const boundless = new Set(["eval", ".", "source", "alias", "unalias", "shopt", "enable", "builtin", "set", "command", "trap"]);
const naming = new Set([
  "read",
  "getopts",
  "mapfile",
  "readarray",
  "printf",
  "local",
  "declare",
  "typeset",
  "export",
  "readonly",
  "unset",
  "let",
]);
const moving = new Set(["cd", "chdir", "pushd", "popd"]);

/** What a loop may change is not known, neither in it nor behind it. */
export function forgetChangesOf(loop: SyntaxNode, state: State): void {
  walk(loop, (node) => {
    if (node.type === "Assignment") state.variables.forget((node as unknown as { name: string }).name);
    if (node.type === "For" || node.type === "Select") state.variables.forget((node as unknown as For).name.text);
    if (node.type === "Function") forgetAll(state);
    if (node.type === "ArithmeticCommand" || node.type === "ArithmeticFor" || node.type === "ArithmeticExpansion")
      state.variables.forgetAll();
    if (node.type === "ParameterExpansion" && typeof node.parameter === "string") forgetAssigned(node, state);
    if (node.type === "Command") forgetChangesOfCommand(node as unknown as Command, state);
  });
}

/** `${name:=word}` */
function forgetAssigned({ parameter, operation }: Record<string, unknown>, state: State): void {
  if ((operation as { operator?: string } | undefined)?.operator?.endsWith("=")) state.variables.forget(parameter as string);
}

function forgetChangesOfCommand({ name, suffix }: Command, state: State): void {
  if (!name) return;
  if (name.parts || boundless.has(name.value) || state.functions.has(name.value)) forgetAll(state);
  if (moving.has(name.value)) state.workingDirectory = undefined;
  if (name.value === "shift") state.positional = undefined;
  if (!naming.has(name.value)) return;
  for (const word of suffix) if (word.type === "Word") forgetName(word, state);
}

function forgetName(word: Word, state: State): void {
  if (word.parts) state.variables.forgetAll();
  else state.variables.forget(word.value.split("=")[0]!);
}
