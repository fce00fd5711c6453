import { posix } from "node:path";

import { startVariableNames } from "@fairlead/model";

import { isIn } from "../container/container";
import { finding } from "../finding";
import { lookupStatus } from "./commandLookup";
import { parseShellText } from "./parse";
import { setOptions } from "./setOptions";
import { assign } from "./assign";
import { program } from "./program";
import type { CommandContext, Run } from "./run";
import { unknownWords } from "../container/unknownWords";
import type { Value } from "./variables";
import { outcome, type Outcome, type Status } from "./status";
import { testStatus } from "./testCommand";
import { unset as unsetVariable } from "./variables";

type Builtin = (args: Value[], context: CommandContext) => Outcome;

const success: Builtin = () => outcome("success");
const unknown: Builtin = () => outcome("unknown");
const anything: Builtin = (_args, { run }) => run.anything();

const table = new Map<string, Builtin>([
  [":", success],
  ["true", success],
  ["echo", success],
  ["pwd", success],
  ["hash", (args, context) => (args.length > 0 ? anything(args, context) : outcome("unknown"))],
  ["jobs", unknown],
  ["kill", unknown],
  ["times", unknown],
  ["type", unknown],
  ["ulimit", unknown],
  ["umask", unknown],
  ["getopts", forgetNames],
  ["false", () => outcome("failure")],
  ["[", test],
  ["test", test],
  ["cd", changeDirectory],
  ["chdir", changeDirectory],
  ["declare", declare],
  ["typeset", declare],
  ["export", declare],
  ["local", declare],
  ["readonly", declare],
  ["unset", unset],
  ["set", setOptions],
  ["shift", shift],
  ["exec", exec],
  ["exit", exit],
  ["return", returns],
  ["break", leave],
  ["continue", leave],
  ["command", command],
  ["eval", evaluate],
  [".", readIn],
  ["source", readIn],
  ["trap", trap],
  ["printf", forgetNames],
  ["read", (args, context) => waits(forgetNames(args, context), context)],
  [
    "wait",
    (args, context) => waits(args.some(({ text }) => text.startsWith("-")) ? forgetNames(args, context) : outcome("unknown"), context),
  ],
]);

/** What a shell does by itself; what is not known here may do anything. */
export function builtin(name: string, args: Value[], context: CommandContext): Outcome {
  const words = name === "[" ? (args.at(-1)?.text === "]" ? args.slice(0, -1) : undefined) : args;
  if (!words) return outcome(texts(args) ? "failure" : "unknown");
  return (table.get(name) ?? anything)(words, context);
}

/** All of them, as nobody can change them. */
function texts(args: Value[]): string[] | undefined {
  return args.every(({ isSure, text }) => isSure && text !== unknownWords) ? args.map(({ text }) => text) : undefined;
}

function waits(result: Outcome, { run }: CommandContext): Outcome {
  run.mayLive();
  return result;
}

function test(args: Value[], { run }: CommandContext): Outcome {
  return outcome(statusOfTest(args, run));
}

export function statusOfTest(args: Value[], { state, around }: Pick<Run, "state" | "around">): Status {
  const words = texts(args);
  if (!words) return "unknown";
  const { workingDirectory, files } = state;
  const areFilesKnown = files === "as in the image";
  const isExecutable = (path: string) => around.find(path, state) !== undefined;
  return testStatus(words, { container: around.container, workingDirectory, areFilesKnown, isExecutable });
}

function changeDirectory(args: Value[], { run }: CommandContext): Outcome {
  const { state, around } = run;
  const [to] = texts(args) ?? [];
  const from = state.workingDirectory;
  state.workingDirectory = undefined;
  if (args.length !== 1 || !to || to.startsWith("-") || state.variables.get("CDPATH")?.isUnset !== true) return outcome("unknown");
  if (!to.startsWith("/") && from === undefined) return outcome("unknown");
  const path = posix.resolve(from ?? "/", to);
  state.workingDirectory = path;
  const found = around.container.tree.resolve(path);
  if (state.files !== "as in the image") return outcome("unknown");
  if (found.found && found.node.kind === "directory") return outcome(run.around.mayEnter(path) ? "success" : "unknown");
  const why = found.found ? "is no folder" : "is not in the image";
  const problem = finding(
    "FL2130",
    `the shell changes to ${path}, which ${why}`,
    "Correct the path, or create it in the Dockerfile.",
    path,
  );
  const isMounted = [path, found.found ? found.path : found.at].some((at) => isIn(at, around.container.volumes));
  return isMounted ? outcome("unknown") : outcome("failure", [problem]);
}

function declare(args: Value[], { node, run }: CommandContext): Outcome {
  const name = node.name!.text;
  const assigned = node.args.flatMap((argument) => (argument.type === "Assignment" ? [argument] : []));
  // Numbers, other letters, references: what is assigned is not what is kept.
  if (args.some(({ text }) => /^[-+]\w*[ilun]/.test(text))) return run.anything();
  for (const assignment of assigned) assign(assignment, run, name === "export");
  let unknownValues = assigned.filter(({ name: variable }) => !run.state.variables.has(variable)).length;
  for (const { text } of args) {
    const [variable = "", value] = text.split("=");
    if (variable === "IFS") run.state.isSplitOtherwise = true;
    if (name !== "export" && name !== "readonly") run.frame?.locals.add(variable);
    if (text === unknownWords && unknownValues-- > 0) continue;
    if (text === unknownWords || text.startsWith("-")) run.state.variables.forgetAll();
    // Without a value some shells empty it, and others keep it.
    else if (value === undefined ? name !== "export" : !assigned.some((assignment) => assignment.name === variable))
      run.state.variables.forget(variable);
  }
  return outcome("success");
}

function unset(args: Value[], { run }: CommandContext): Outcome {
  for (const { text } of args) {
    if (text === unknownWords) run.state.variables.forgetAll();
    if (startVariableNames.has(text) && args.length === 1) run.state.variables.set(text, unsetVariable);
    else run.state.variables.forget(text);
    if (text === "IFS" || text === unknownWords) run.state.isSplitOtherwise = true;
    if (run.state.functions.has(text)) run.state.functions.set(text, undefined);
  }
  return outcome("unknown");
}

/** Names that a command sets; `-v name`, `name`. */
function forgetNames(args: Value[], { run }: CommandContext): Outcome {
  for (const { text } of args) {
    if (text === unknownWords) run.state.variables.forgetAll();
    else run.state.variables.forget(text);
    if (text === "IFS") run.state.isSplitOtherwise = true;
  }
  for (const name of ["REPLY", "OPTARG", "OPTIND"]) run.state.variables.forget(name);
  return outcome("unknown");
}

function shift(args: Value[], { run }: CommandContext): Outcome {
  const [count = "1"] = texts(args) ?? [unknownWords];
  const { positional } = run.state;
  run.state.positional = undefined;
  if (!positional || !/^\d{1,4}$/.test(count) || Number(count) > positional.length) {
    run.endings.failure = true;
    return outcome("unknown");
  }
  run.state.positional = positional.slice(Number(count));
  return outcome("success");
}

function exec(args: Value[], context: CommandContext): Outcome {
  const { run, node } = context;
  if (args.length === 0) return node.redirects.length > 0 ? outcome("unknown") : outcome("success");
  const isUnknown = args[0]!.text === unknownWords || args[0]!.text.startsWith("-") || run.state.isAnyNameDefined;
  const result = isUnknown ? run.anything() : program(args, { ...context, replacesShell: true });
  if (result.status === "failure") return run.end("failure", result.problems);
  return run.end("unknown", result.problems);
}

function exit(args: Value[], { node, run }: CommandContext): Outcome {
  const [code] = texts(args) ?? [];
  const isLast = args.length === 0 || node.args[0]?.text === "$?";
  if (isLast) return run.end(run.last.status, run.last.problems);
  if (code === undefined) return run.end("unknown");
  if (code !== "0") run.endings.by = `exit ${code}`;
  return run.end(code === "0" ? "success" : /^\d{1,3}$/.test(code) && Number(code) % 256 > 0 ? "failure" : "unknown");
}

function returns(args: Value[], { node, run }: CommandContext): Outcome {
  const { frame } = run;
  // Elsewhere it ends what was read in, or nothing.
  if (!frame) return run.anything();
  const [code] = texts(args) ?? [];
  const isLast = args.length === 0 || node.args[0]?.text === "$?";
  const result = isLast
    ? run.last
    : outcome(code === "0" ? "success" : code !== undefined && /^[1-9]\d{0,1}$/.test(code) ? "failure" : "unknown");
  run.returnWith(result);
  return outcome("gone");
}

function leave(_args: Value[], { run }: CommandContext): Outcome {
  return run.loops > 0 ? outcome("gone") : run.anything();
}

function command(args: Value[], context: CommandContext): Outcome {
  const { run } = context;
  const [first, ...rest] = args;
  if (!first) return outcome("success");
  if (first.text === "-v") {
    const [name, ...others] = texts(rest) ?? [];
    return outcome(name && others.length === 0 ? lookupStatus(name, run.around, run.state) : "unknown");
  }
  if (first.text.startsWith("-") || first.text === unknownWords) return run.anything();
  return run.commandOf([first, ...rest], context, false);
}

function evaluate(args: Value[], { run }: CommandContext): Outcome {
  const words = texts(args);
  if (!words) return run.anything();
  const { statements, isCutOff } = parseShellText(words.join(" "));
  return isCutOff ? run.anything() : run.nested(() => run.list(statements));
}

/** `. file` */
function readIn(args: Value[], { run }: CommandContext): Outcome {
  const [path, ...rest] = texts(args) ?? [];
  if (path === undefined || rest.length > 0 || !path.includes("/")) return run.anything();
  const read = run.around.read(path, run.state);
  if (read.kind === "unknown") return run.anything();
  if (read.kind === "text") return run.framed(() => run.list(read.statements));
  const { problem } = read;
  const { dialect } = run.around;
  // bash goes on, unless it is called sh.
  if (dialect === "dash" || dialect === "busybox") return run.end("failure", [problem]);
  run.mayEnd("failure", [problem]);
  return outcome("failure", [problem]);
}

/** Ways to say that something is to be done as the shell ends, or after each command. */
const endingSignals = /^(EXIT|SIGEXIT|0|ERR|DEBUG|RETURN|CHLD|SIGCHLD)$/i;

function trap(args: Value[], { run }: CommandContext): Outcome {
  const words = texts(args);
  // What is done at a signal may set variables at any time.
  if (args[0] && !["", "-"].includes(args[0].text)) run.state.variables.othersMayBeSet();
  if (!words || words.some((word) => endingSignals.test(word))) return trapped(run);
  return outcome("success");
}

function trapped(run: Run): Outcome {
  run.endings.lives = true;
  return outcome("unknown");
}
