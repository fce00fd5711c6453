import { posix } from "node:path";

import { startVariableNames } from "@fairlead/model";

import { finding, type Finding } from "../finding";
import type { FileTree } from "../files/fileTree";
import { open } from "../programs/toldFile";
import type { Container, Starter } from "../container/container";
import { findProgram, type Program } from "../programs/findProgram";
import { backgroundProblems } from "../programs/background";
import { mayEnter } from "../container/user";
import type { Start } from "../programs/wrappers";
import { arrayLookalike } from "./arrayLookalike";
import { executableAt, mayBeMounted } from "./commandLookup";
import { dialectOf, type Dialect } from "./dialect";
import { invocationOf, type Invocation } from "./invocation";
import { optionProblem } from "./optionNames";
import { parseOnce, type ShellText } from "./parse";
import type { Surroundings } from "./run";
import { unknownWords } from "../container/unknownWords";
import { scriptWords } from "./scripts";
import { ShellRun, TooLong } from "./shellRun";
import { carriageReturns, syntaxProblem } from "./shellSyntax";
import { unset, Variables } from "./variables";
import { verdict } from "./verdict";
import { forgetAll, type State } from "./state";
import type { Value } from "./variables";
import { outcome } from "./status";
import { limits } from "../limits";

/** What a shell is told to run and can't; undefined for what is no shell, and no script of one. */
export function shellProblems(words: readonly string[], container: Container, start: Start, by: Starter): Finding[] | undefined {
  const program = findProgram(words[0]!, container, by);
  const kind = program?.node.content?.kind;
  if (program && kind === "script") {
    const script = scriptWords(program, words.slice(1), container);
    const shell = script?.words[0] === undefined ? undefined : findProgram(script.words[0], script.container, "execvp");
    return script && shell?.node.content?.kind === "elf" ? shellStart(shell, script.words, script.container, start, program) : undefined;
  }
  // A C library's own fallback.
  if (program && kind === "text" && by === "execvp")
    return shellProblems(["/bin/sh", program.foundAt, ...words.slice(1)], container, start, by);
  return program && kind === "elf" ? shellStart(program, words, container, start) : undefined;
}

/** @param script what it is to run, if that is known to be readable */
function shellStart(
  { path, node }: Program,
  words: readonly string[],
  container: Container,
  start: Start,
  script?: Program,
): Finding[] | undefined {
  const dialect = dialectOf(path);
  if (!dialect) return undefined;
  const name = posix.basename(words[0]!);
  const isApplet = name === "busybox";
  if (isApplet && words[1] !== "sh" && words[1] !== "ash") return [];
  // What BusyBox does is decided by the name that it is called by.
  if (dialect === "busybox" && !isApplet && !/^(ba|a)?sh$/.test(name)) return undefined;
  const invocation = invocationOf(words.slice(isApplet ? 2 : 1));
  const { hasPipefail } = node;
  const refused = optionProblem(invocation, dialect, hasPipefail);
  if (refused?.certainty === "dies") return [script ? { ...refused, file: script.foundAt } : refused];
  const context = { dialect, hasPipefail, container, start, name: words[0]! };
  if (invocation.file !== undefined) return fileProblems(invocation.file, invocation, context, script);
  if (invocation.text === undefined || invocation.text.includes(unknownWords)) return [];
  const text = parseOnce(invocation.text, container.tree);
  const lookalike = arrayLookalike(invocation.text, text.statements);
  return lookalike ? [lookalike] : textProblems(text, invocation, context);
}

interface ShellContext {
  dialect: Dialect;
  hasPipefail: boolean | undefined;
  container: Container;
  start: Start;
  /** `$0` where the call has none. */
  name: string;
}

/** The same for a shell that is given a file. */
function fileProblems(path: string, invocation: Invocation, context: ShellContext, script?: Program): Finding[] {
  if (script) return scriptProblems(script.foundAt, script.node.text, { ...invocation, name: path }, context);
  // bash looks in PATH as well.
  if (path.includes(unknownWords) || path === "" || (!path.includes("/") && context.dialect !== "dash")) return [];
  const opened = open(path, context.container);
  // Who is in a folder need not be let into those above it.
  if (opened.kind === "missing" || (opened.kind === "closed" && path.startsWith("/"))) return [unreadable(opened)];
  return opened.kind === "file" ? scriptProblems(opened.path, opened.text, { ...invocation, name: path }, context) : [];
}

function scriptProblems(path: string, text: string | undefined, invocation: Invocation, context: ShellContext): Finding[] {
  if (text === undefined) return [];
  const inFile = (found: Finding): Finding => ({ ...found, file: found.file ?? path, problem: `${path}: ${found.problem}` });
  return textProblems(parseOnce(text, context.container.tree), invocation, context).map(inFile);
}

/** A file that a shell is told to read. */
export function unreadable({ path, why }: { path: string; why: string }): Finding {
  return finding(
    "FL2133",
    `the shell is to read ${path}: ${why}`,
    "COPY it in the Dockerfile (is it excluded by .dockerignore?), or correct path and rights.",
    path,
  );
}

/** What a text can't run. */
function textProblems(text: ShellText, invocation: Invocation, context: ShellContext): Finding[] {
  const { dialect, container } = context;
  const { options } = invocation;
  if (options.has("n") || options.has("i")) return [];
  try {
    const run = new ShellRun(surroundings(invocation, context), initialState(invocation, context));
    // Profiles that are read first may set PATH.
    if (options.has("l")) {
      run.state.variables.forgetAll();
      run.mayLive();
    }
    if (dialect !== "dash" && container.environment.get("BASH_ENV")) forgetAll(run.state);
    follow(run, text, dialect);
    return verdict(run, text, invocation);
  } catch (error) {
    if (!(error instanceof TooLong || error instanceof RangeError)) throw error;
    return [];
  }
}

/** A shell reads line by line: what it can't read ends it when it comes to it. */
function follow(run: ShellRun, { text, statements, isCutOff, isBrokenByCarriageReturns }: ShellText, dialect: Dialect): void {
  let last = outcome("success");
  for (const statement of statements) {
    const problem = syntaxProblem(statement, text, dialect);
    last = problem ? run.end("failure", [problem]) : run.list([statement]);
    if (last.status === "gone") return;
  }
  if (isBrokenByCarriageReturns)
    run.end("failure", [
      carriageReturns(
        "its lines end with carriage returns, so that the shell finds no end of what it begins, and ends with a syntax error",
      ),
    ]);
  else if (isCutOff) run.mayLive();
  else run.end(last.status, last.problems);
}

function surroundings({ name }: Invocation, { dialect, hasPipefail, container, start, name: own }: ShellContext): Surroundings {
  const { tree, identity } = container;
  return {
    dialect,
    hasPipefail,
    container,
    name: name ?? own,
    mayEnter: (path) => {
      const found = tree.resolve(path);
      if (!found.found || found.node.kind !== "directory") return false;
      return [...found.searched.map(({ folder }) => folder), found.node].every((folder) => mayEnter(folder, identity));
    },
    find: (name, state) => {
      const within = containerWithin(container, state);
      return mayBeMounted(name, within) ? "unknown" : executableAt(name, within);
    },
    start: (words, state, prefix, replacesShell) => {
      const hasNewFolders = container.hasNewFolders || state.files !== "as in the image";
      const within = { ...containerWithin(container, state, prefix), hasNewFolders };
      const found = start(placed(words, state, tree), "shell", within);
      const problems = found.length > 0 ? found : ownText(words, within, { dialect, hasPipefail, container, start, name: own });
      // What ends at once need not go on, if the shell does.
      const told = replacesShell ? [...problems, ...backgroundProblems(words, within)] : problems.filter(({ code }) => code !== "FL2153");
      return told.map(inShell);
    },
    read: (path, state) => {
      if (state.workingDirectory === undefined || state.files !== "as in the image") return { kind: "unknown" };
      const opened = open(path, { ...container, workingDirectory: state.workingDirectory });
      if (opened.kind === "missing" || opened.kind === "closed") return { kind: "unreadable", problem: unreadable(opened) };
      const text = opened.kind === "file" && opened.text !== undefined ? parseOnce(opened.text, tree) : undefined;
      return text && !text.isCutOff ? { kind: "text", statements: text.statements } : { kind: "unknown" };
    },
  };
}

/** A text without `#!`, which a shell reads itself. */
function ownText(words: readonly string[], container: Container, context: ShellContext): Finding[] {
  if (words.includes(unknownWords)) return [];
  const program = findProgram(words[0]!, container, "shell");
  if (program?.node.content?.kind !== "text") return [];
  const invocation = { positional: words.slice(1), options: new Set<string>(), named: new Set<string>(), optionNames: [] };
  return fileProblems(program.foundAt, invocation, { ...context, container }, program);
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

/** What a program finds around it that a shell starts. */
function containerWithin(container: Container, state: State, prefix: ReadonlyMap<string, string> = new Map()): Container {
  return {
    ...container,
    environment: environmentOf(container, state, prefix),
    isUnset: (name) => state.variables.get(name)?.isUnset === true && !prefix.has(name),
    workingDirectory: state.workingDirectory ?? "/",
  };
}

function environmentOf({ environment }: Container, { variables }: State, prefix: ReadonlyMap<string, string>): Map<string, string> {
  const exported = new Map([...environment].filter(([name]) => variables.has(name)));
  // Those that are not exported are few, and of no use to programs.
  for (const [name, text] of variables.given()) exported.set(name, text);
  for (const [name, value] of prefix) if (value !== unknownWords) exported.set(name, value);
  return exported;
}

function initialState({ positional, options, named }: Invocation, { container }: ShellContext): State {
  const all = [...container.environment].slice(0, limits.shellVariables);
  // Of others the task may have another value than the image, or one where that has none. HOME is always set, by the runtime at the latest.
  const withoutValue = [...startVariableNames]
    .filter((name) => name !== "HOME" && !container.environment.has(name))
    .map((name): [string, Value] => [name, unset]);
  const known = all.filter(([, text]) => text.length <= limits.shellValueBytes);
  return {
    variables: Variables.of(
      [...withoutValue, ...known.map(([name, text]): [string, Value] => [name, { text, isSure: startVariableNames.has(name) }])],
      container.isUnset,
    ),
    functions: new Map(),
    isAnyNameDefined: all.some(([name]) => name.startsWith("BASH_FUNC_") || name === "SHELLOPTS" || name === "BASHOPTS"),
    positional: positional.includes(unknownWords) ? undefined : positional.map((text) => ({ text, isSure: true })),
    workingDirectory: container.workingDirectory,
    isSplitOtherwise: false,
    files: container.isRunning ? "new folders" : "as in the image",
    isInstalling: false,
    errexit: options.has("e"),
    nounset: options.has("u"),
    pipefail: named.has("pipefail"),
  };
}
