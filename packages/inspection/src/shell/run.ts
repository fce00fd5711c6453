import type { Command, CommandNode, Function as FunctionNode, Statement } from "unbash";

import type { Finding } from "../finding";
import type { Container } from "../container/container";
import type { Dialect } from "./dialect";
import type { State } from "./state";
import type { Value } from "./variables";
import type { Outcome, Status } from "./status";
import type { WordContext } from "./words";

/** How a shell may end. */
export interface Endings {
  success: boolean;
  failure: boolean;
  /** Something runs that may run for as long as the container should. */
  lives: boolean;
  /** Why it fails, where it does. */
  problems: Finding[];
  /** The words of a command that ended it with an error. */
  by?: string;
}

/** What a text finds around it. */
export interface Surroundings {
  dialect: Dialect;
  /** Whether this very shell knows the option; undefined where that is not known. */
  hasPipefail: boolean | undefined;
  container: Container;
  /** `$0` */
  name: string | undefined;
  /** Where a file lies that can be executed under a name; `unknown` where a volume may have one. */
  find(name: string, state: State): string | "unknown" | undefined;
  /** Whether the container's user may change to a folder that there is. */
  mayEnter(path: string): boolean;
  /** A file that is read in. */
  read(path: string, state: State): ReadIn;
  /**
   * What keeps a program from being started with a shell's variables and folder.
   *
   * @param replacesShell whether the container ends with it
   */
  start(words: readonly string[], state: State, prefix: ReadonlyMap<string, string>, replacesShell: boolean): Finding[];
}

/** What becomes of a command's redirections. */
export type Redirections = { kind: "safe" | "unsafe" } | { kind: "fail"; problem: Finding };

/** What a shell finds that reads in a file. */
export type ReadIn = { kind: "text"; statements: readonly Statement[] } | { kind: "unreadable"; problem: Finding } | { kind: "unknown" };

/** A command as it stands, and what its variables are for it alone. */
export interface CommandContext {
  node: Command;
  prefix: ReadonlyMap<string, string>;
  /** `exec`: nothing of the text follows. */
  replacesShell?: boolean;
  run: Run;
}

/** A text that is being followed. */
export interface Run {
  readonly around: Surroundings;
  readonly endings: Endings;
  state: State;
  readonly words: WordContext;
  /** How the command before this one ended. */
  last: Outcome;
  /** Whether something was put into the background that may run for long. */
  hasBackground: boolean;
  /** Above zero in a loop. */
  loops: number;
  /** Why the left side of `||` failed, for what follows it. */
  readonly pending: Finding[];
  /** Of the function that is being called: the variables that it forgets. */
  readonly frame: { locals: Set<string> } | undefined;

  list(statements: readonly Statement[]): Outcome;
  command(node: CommandNode): Outcome;
  call(definition: FunctionNode, positional: State["positional"]): Outcome;
  /** What `return` ends. */
  framed(work: () => Outcome): Outcome;
  /** A command whose words are filled in: a function, the shell's own, or a program. */
  commandOf(words: Value[], context: CommandContext, mayBeFunction?: boolean): Outcome;
  /** What runs in a process of its own: it ends for itself, and its variables and folder with it. */
  subshell(body: () => Outcome): Outcome;
  /** Two ways, of which one is taken. */
  fork(one: () => Outcome, other: () => Outcome): Outcome;
  /** What is perhaps not meant to be reached. */
  perhaps(work: () => Outcome): Outcome;
  /** What ends nothing if it fails, even under `set -e`: a condition. */
  asCondition(work: () => Outcome): Outcome;
  /** Something that may be told though the text goes on. */
  tell(problems: readonly Finding[]): void;
  /** Something that may call itself. */
  nested<T>(work: () => T): T;
  /** What `set -e` makes of a command that may have failed. */
  checked(result: Outcome, isSurelyChecked?: boolean): Outcome;
  /** A redirection that fails keeps a command from being run. */
  redirected(result: Outcome, redirections: Redirections): Outcome;
  /** The shell ends here, or the subshell. */
  end(status: Status, problems?: readonly Finding[]): Outcome;
  /** The same, perhaps. */
  mayEnd(status: Status, problems?: readonly Finding[]): void;
  /** A function ends before its end. */
  returnWith(result: Outcome): void;
  /** A program that may do anything, for any time. */
  mayLive(): void;
  /** A command that may be anything, of the shell's own as well. */
  anything(): Outcome;
}
