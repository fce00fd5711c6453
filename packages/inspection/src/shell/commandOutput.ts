import { posix } from "node:path";
import type { AndOr, Command, CommandExpansionPart, Redirection, Word } from "unbash";

import { lookedUp } from "./commandLookup";
import { isBuiltin } from "./dialect";
import type { Surroundings } from "./run";
import type { State } from "./state";
import type { Value } from "./variables";

/** How words are filled in, without what else happens then. */
type Expand = (word: Word) => Value[] | undefined;

/** What `$(…)` gives, for the few commands that scripts find out with where and as whom they run; undefined for any other. */
export function commandOutput({ script }: CommandExpansionPart, expand: Expand, around: Surroundings, state: State): Value | undefined {
  const [statement, ...others] = script?.commands ?? [];
  if (!statement || others.length > 0 || script!.errors?.length || statement.background) return undefined;
  const { command } = statement;
  if (command.type === "AndOr") return folderChangedTo(command, expand, around, state);
  const words = command.type === "Command" ? wordsOf(command, expand) : undefined;
  return words && outputOf(words, around, state);
}

function outputOf([name = "", ...args]: string[], around: Surroundings, state: State): Value | undefined {
  if (state.isAnyNameDefined || state.functions.has(name)) return undefined;
  const [first, second, ...more] = args;
  if (name === "command") return first === "-v" && second !== undefined && more.length === 0 ? lookedUp(second, around, state) : undefined;
  if (name === "pwd") return args.length === 0 ? folder(state.workingDirectory) : undefined;
  if (!isBuiltin(name, around.dialect) && !isOwnProgram(name, around, state)) return undefined;
  if (name === "id") return args.length === 1 && first === "-u" ? sure(String(around.container.identity.uid)) : undefined;
  if (first === undefined || first.startsWith("-") || second !== undefined) return undefined;
  if (name === "dirname") return sure(posix.dirname(first));
  return name === "basename" ? sure(posix.basename(first)) : undefined;
}

/** `$(cd "$(dirname "$0")" && pwd)` */
function folderChangedTo({ commands, operators }: AndOr, expand: Expand, around: Surroundings, state: State): Value | undefined {
  const [change, print, ...more] = commands.map((command) => (command.type === "Command" ? wordsOf(command, expand) : undefined));
  if (operators[0] !== "&&" || more.length > 0 || state.isAnyNameDefined || state.functions.size > 0) return undefined;
  const [cd, to, ...rest] = change?.filter((word) => word !== "--") ?? [];
  if (cd !== "cd" || print?.join(" ") !== "pwd" || to === undefined || rest.length > 0 || to.startsWith("-")) return undefined;
  if (state.workingDirectory === undefined || state.variables.get("CDPATH")?.isUnset !== true) return undefined;
  const path = posix.resolve(state.workingDirectory, to);
  return around.mayEnter(path) ? folder(path) : undefined;
}

/** The words of a command that says nothing to anybody else. */
function wordsOf({ name, prefix, args, redirects }: Command, expand: Expand): string[] | undefined {
  if (!name || prefix.length > 0 || !redirects.every(isQuiet)) return undefined;
  const words: string[] = [];
  for (const word of [name, ...args]) {
    const values = word.type === "Word" ? expand(word) : undefined;
    if (!values?.every(({ isSure }) => isSure)) return undefined;
    words.push(...values.map(({ text }) => text));
  }
  return words;
}

function isQuiet(redirect: Redirection): boolean {
  if (redirect.type !== "Redirect" || redirect.descriptor?.type !== "FileDescriptor" || redirect.descriptor.value !== 2) return false;
  return redirect.operator === ">" && redirect.target?.text === "/dev/null";
}

function isOwnProgram(name: string, around: Surroundings, state: State): boolean {
  return state.files !== "changed" && !state.isInstalling && ![undefined, "unknown"].includes(around.find(name, state));
}

const sure = (text: string): Value => ({ text, isSure: true });
const folder = (path: string | undefined) => (path === undefined ? undefined : sure(path));
