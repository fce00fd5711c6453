import { posix } from "node:path";

import { may, type Finding } from "../finding";
import type { FileTree } from "../files/fileTree";
import type { Container } from "../start/container";
import { findProgram } from "../start/findProgram";
import { mayEnter } from "../start/user";
import type { Start } from "../start/wrappers";
import { arrayLookalike } from "./arrayLookalike";
import { dialectOf, type Dialect } from "./dialect";
import { invocationOf, type Invocation } from "./invocation";
import { parseShellText, type ShellText } from "./parse";
import type { Surroundings } from "./run";
import { unknownWords } from "../start/unknownWords";
import { ShellRun, TooLong } from "./shellRun";
import { forgetAll, type State } from "./state";
import { limits } from "../limits";

/** What nobody but who is asked here can set: of other variables the task may have another value than the image. */
const knownOfTask = new Set(["PATH", "HOME"]);

/** What a shell is told to run and can't; undefined for what is no shell. */
export function shellProblems(words: readonly string[], container: Container, start: Start): Finding[] | undefined {
  const file = findProgram(words[0]!, container, "kernel");
  if (file?.node.content?.kind !== "elf") return undefined;
  const dialect = dialectOf(file.path);
  if (!dialect) return undefined;
  const isApplet = posix.basename(words[0]!) === "busybox";
  if (isApplet && words[1] !== "sh" && words[1] !== "ash") return [];
  const invocation = invocationOf(words.slice(isApplet ? 2 : 1));
  if (invocation.text === undefined || invocation.text.includes(unknownWords)) return [];
  const text = parseShellText(invocation.text);
  const lookalike = arrayLookalike(invocation.text, text.statements);
  if (lookalike) return [lookalike];
  return textProblems(text, invocation, { dialect, container, start, name: words[0]! });
}

interface ShellContext {
  dialect: Dialect;
  container: Container;
  start: Start;
  /** `$0` where the call has none. */
  name: string;
}

/** What a text can't run. */
export function textProblems({ statements, isCutOff }: ShellText, invocation: Invocation, context: ShellContext): Finding[] {
  const { dialect, container } = context;
  const { options } = invocation;
  if (options.has("n") || options.has("i")) return [];
  const run = new ShellRun(surroundings(invocation, context), initialState(invocation, context));
  // Profiles that are read first may set PATH.
  if (options.has("l")) {
    run.state.variables.clear();
    run.mayLive();
  }
  if (dialect !== "dash" && container.environment.get("BASH_ENV")) forgetAll(run.state);
  try {
    const result = run.list(statements);
    if (isCutOff && result.status !== "gone") run.mayLive();
    else if (result.status !== "gone") run.end(result.status, result.problems);
  } catch (error) {
    if (!(error instanceof TooLong || error instanceof RangeError)) throw error;
    return [];
  }
  return verdict(run);
}

function verdict({ endings, told }: ShellRun): Finding[] {
  const proof = endings.problems.find(({ certainty }) => certainty === "dies");
  if (proof && !endings.success && !endings.lives) return [proof];
  return told.slice(0, 1).map(may);
}

function surroundings({ name }: Invocation, { dialect, container, start, name: own }: ShellContext): Surroundings {
  const { tree, identity } = container;
  return {
    dialect,
    tree,
    name: name ?? own,
    mayEnter: (path) => {
      const found = tree.resolve(path);
      if (!found.found || found.node.kind !== "directory") return false;
      return [...found.searched.map(({ folder }) => folder), found.node].every((folder) => mayEnter(folder, identity));
    },
    start: (words, state, prefix) =>
      start(placed(words, state, tree), "shell", {
        ...container,
        environment: environmentOf(container, state, prefix),
        workingDirectory: state.workingDirectory ?? "/",
      }).map(inShell),
  };
}

/** Nothing can be looked up from a folder that is not there. */
function placed([name = "", ...rest]: readonly string[], { workingDirectory }: State, tree: FileTree): string[] {
  const isPlaced = workingDirectory === undefined || name.startsWith("/") || !name.includes("/") || tree.resolve(workingDirectory).found;
  return [isPlaced ? name : posix.resolve(workingDirectory, name), ...rest];
}

/** What the shell makes of it. */
function inShell(found: Finding): Finding {
  const consequence = inShellConsequence[found.code];
  return consequence ? { ...found, consequence } : found;
}

const inShellConsequence: Partial<Record<Finding["code"], string>> = {
  FL2104: 'The shell says "not found", and every task stops with exit code 127.',
  FL2105: 'The shell says "Permission denied", and every task stops with exit code 126.',
};

function environmentOf({ environment }: Container, { variables }: State, prefix: ReadonlyMap<string, string>): Map<string, string> {
  const exported = new Map([...environment].filter(([name]) => variables.has(name)));
  // Those that are not exported are few, and of no use to programs.
  for (const [name, { text }] of variables) exported.set(name, text);
  for (const [name, value] of prefix) if (value !== unknownWords) exported.set(name, value);
  return exported;
}

function initialState({ positional, options, named }: Invocation, { container }: ShellContext): State {
  const all = [...container.environment].slice(0, limits.shellVariables);
  const known = all.filter(([, text]) => text.length <= limits.shellValueBytes);
  return {
    variables: new Map(known.map(([name, text]) => [name, { text, isSure: knownOfTask.has(name) }])),
    functions: new Map(),
    isAnyNameDefined: all.some(([name]) => name.startsWith("BASH_FUNC_") || name === "SHELLOPTS" || name === "BASHOPTS"),
    positional: positional.includes(unknownWords) ? undefined : positional.map((text) => ({ text, isSure: true })),
    workingDirectory: container.workingDirectory,
    files: "as in the image",
    isInstalling: false,
    isEnvironmentKnown: true,
    errexit: options.has("e"),
    nounset: options.has("u"),
    pipefail: named.has("pipefail"),
  };
}
