import type { CommandNode, Function as FunctionNode, Statement, TestExpression } from "unbash";

import type { Finding } from "../finding";
import type { FileTree } from "../files/fileTree";
import { limits } from "../limits";
import { choice, condition, loop } from "./compound";
import type { CommandContext, Endings, Redirections, Run, Surroundings } from "./run";
import { statement as statementOf } from "./pipelines";
import { bashism, functionKeyword, isFunctionKeyword } from "./shellSyntax";
import { commandOf, simpleCommand } from "./simpleCommand";
import { copyOf, either, filesOfBoth, forgetAll, type State } from "./state";
import type { Value } from "./variables";
import { eitherOutcome, outcome, type Outcome, type Status } from "./status";
import { isPlainCommand, testExpressionStatus } from "./bashTest";
import { isBothRedirected, redirectionsOf } from "./redirections";
import { sideEffectsOf } from "./wordEffects";
import { commandOutput } from "./commandOutput";
import { expandWord, type WordContext } from "./words";

/** Scripts start scripts: all together have a bound as well. */
const stepsOfImage = new WeakMap<FileTree, number>();

/** Thrown where a text goes on beyond what is followed. */
export class TooLong extends Error {}

/** Follows a text through all the ways that it can take, without running anything. */
export class ShellRun implements Run {
  endings = nothingYet();
  /** What the text tries and can't run, whatever becomes of it. */
  readonly told: Finding[] = [];
  /** How the command before this one ended. */
  last: Outcome = outcome("success");
  /** Above zero where a failure ends nothing even under `set -e`: conditions. */
  tested = 0;
  /** Above zero on a way that is only perhaps taken. */
  conditional = 0;
  loops = 0;
  hasBackground = false;
  /** Why the left side of `||` failed, for what follows it. */
  readonly pending: Finding[] = [];
  /** Of the function that is being called. */
  frame: { returned?: { state: State; outcome: Outcome }; locals: Set<string> } | undefined;
  private steps = 0;
  private depth = 0;

  constructor(
    readonly around: Surroundings,
    public state: State,
  ) {}

  get words(): WordContext {
    const { around, state } = this;
    const context: WordContext = {
      state,
      dialect: around.dialect,
      name: around.name,
      output: (command) => commandOutput(command, (word) => expandWord(word, context), around, state),
    };
    return context;
  }

  list(statements: readonly Statement[]): Outcome {
    let result = outcome("success");
    for (const statement of statements) {
      result = statementOf(this, statement);
      if (result.status === "gone") return result;
      this.last = result;
    }
    return result;
  }

  /** Something that may be told though the text goes on. */
  tell(problems: readonly Finding[]): void {
    if (this.conditional === 0) this.told.push(...problems);
  }

  end(status: Status, problems: readonly Finding[] = []): Outcome {
    this.mayEnd(status, problems);
    return outcome("gone");
  }

  mayEnd(status: Status, problems: readonly Finding[] = []): void {
    if (status !== "failure") this.endings.success = true;
    if (status !== "success") this.endings.failure = true;
    this.endings.problems.push(...this.pending, ...problems);
    this.tell(problems);
  }

  commandOf(words: Value[], context: CommandContext, mayBeFunction?: boolean): Outcome {
    return commandOf(words, context, mayBeFunction);
  }

  mayLive(): void {
    this.endings.lives = true;
    this.state.files = "changed";
  }

  anything(): Outcome {
    this.mayLive();
    this.endings.success = this.endings.failure = true;
    forgetAll(this.state);
    return outcome("unknown");
  }

  subshell(body: () => Outcome): Outcome {
    const { endings, state, frame, loops } = this;
    this.endings = nothingYet();
    this.state = copyOf(state);
    this.frame = undefined;
    this.loops = 0;
    // Its end is not the text's: what becomes of that is in how it ended.
    this.conditional++;
    const result = body();
    this.conditional--;
    const inner = this.endings;
    const { files, isInstalling } = this.state;
    Object.assign(this, { endings, state, frame, loops });
    state.files = filesOfBoth(state.files, files);
    state.isInstalling ||= isInstalling;
    endings.lives ||= inner.lives;
    const success = inner.success || inner.lives || ["success", "unknown"].includes(result.status);
    const failure = inner.failure || inner.lives || ["failure", "unknown"].includes(result.status);
    return outcome(success && failure ? "unknown" : success ? "success" : "failure", [...inner.problems, ...result.problems]);
  }

  /** Two ways, of which one is taken. */
  fork(one: () => Outcome, other: () => Outcome): Outcome {
    const before = copyOf(this.state);
    this.conditional++;
    const first = one();
    const after = this.state;
    this.state = before;
    const second = other();
    this.conditional--;
    if (second.status === "gone") this.state = after;
    else if (first.status !== "gone") this.state = either(after, this.state);
    return eitherOutcome(first, second);
  }

  nested<T>(work: () => T): T {
    if (++this.depth > limits.shellDepth) throw new TooLong();
    const result = work();
    this.depth--;
    return result;
  }

  checked(result: Outcome, isSurelyChecked = true): Outcome {
    const { errexit } = this.state;
    if (errexit === false || this.tested > 0 || result.status === "success" || result.status === "gone") return result;
    if (errexit === undefined || !isSurelyChecked) {
      this.mayEnd("failure", result.problems);
      return result;
    }
    if (result.status === "failure") return this.end("failure", result.problems);
    this.mayEnd("failure", result.problems);
    // What follows is reached if it succeeded.
    return outcome("success");
  }

  call({ body }: FunctionNode, positional: State["positional"]): Outcome {
    const before = this.state.positional;
    this.state.positional = positional;
    const result = this.framed(() => (body.type === "CompoundList" ? this.anything() : this.command(body)));
    this.state.positional = before;
    return this.checked(result);
  }

  framed(work: () => Outcome): Outcome {
    return this.nested(() => {
      const { frame } = this;
      const own: NonNullable<ShellRun["frame"]> = { locals: new Set() };
      this.frame = own;
      let result = work();
      if (own.returned) {
        this.state = result.status === "gone" ? own.returned.state : either(this.state, own.returned.state);
        result = eitherOutcome(result, own.returned.outcome);
      }
      this.frame = frame;
      for (const name of own.locals) this.state.variables.forget(name);
      return result;
    });
  }

  returnWith(result: Outcome): void {
    const { returned } = this.frame!;
    const state = copyOf(this.state);
    this.frame!.returned = returned
      ? { state: either(returned.state, state), outcome: eitherOutcome(returned.outcome, result) }
      : { state, outcome: result };
  }

  command(node: CommandNode): Outcome {
    const { tree } = this.around.container;
    const ofImage = (stepsOfImage.get(tree) ?? 0) + 1;
    stepsOfImage.set(tree, ofImage);
    tree.checkTime();
    if (++this.steps > limits.shellSteps || ofImage > limits.shellStepsOfImage) throw new TooLong();
    switch (node.type) {
      case "Command":
        return simpleCommand(node, this);
      case "Subshell":
        return this.nested(() => this.checked(this.subshell(() => this.list(node.body.commands))));
      case "BraceGroup":
        return this.nested(() => this.list(node.body.commands));
      case "If":
        return this.nested(() => condition(this, [node, ...node.elif], node.else));
      case "Case":
        return this.nested(() => choice(this, node));
      case "For":
      case "Select":
        for (const word of node.wordlist ?? []) if (sideEffectsOf(word, this)?.status === "gone") return outcome("gone");
        if (node.type === "Select") this.mayLive();
        return this.nested(() => loop(this, node, [node.body]));
      case "While":
        this.mayLive();
        return this.nested(() => loop(this, node, [node.clause, node.body]));
      case "Redirected": {
        if (isBothRedirected(node.redirects, this)) return this.anything();
        const redirections = redirectionsOf(node.redirects, this);
        if (redirections.kind === "fail") return this.checked(outcome("failure", [redirections.problem]), false);
        return this.redirected(
          this.nested(() => this.command(node.command)),
          redirections,
        );
      }
      case "Function":
        return this.define(node);
      case "TestCommand":
        if (sideEffectsOf(node, this)?.status === "gone") return outcome("gone");
        if (this.around.dialect !== "dash") return this.checked(outcome(testExpressionStatus(node.expression, this)));
        if (!isPlainCommand(node.expression) || this.around.find("[[", this.state) !== undefined) return this.anything();
        return this.smallerShells(node.expression);
      case "ArithmeticCommand":
        if (sideEffectsOf(node, this)?.status === "gone") return outcome("gone");
        return this.around.dialect === "bash" ? this.checked(outcome("unknown")) : this.anything();
      case "ArithmeticFor":
        this.mayLive();
        return this.nested(() => loop(this, node, [node.body]));
      case "Coproc":
        return this.anything();
      default:
        return node satisfies never;
    }
  }

  /** `[[ … ]]`, which is no program. */
  private smallerShells({ type }: TestExpression): Outcome {
    const failed = outcome("failure", [bashism("[[", "dash", "[[ … ]]")]);
    // To it `[[ a && b ]]` is two commands, of which `set -e` lets the first fail.
    return type === "TestLogical" ? failed : this.checked(failed);
  }

  redirected(result: Outcome, { kind }: Redirections): Outcome {
    if (kind === "safe" || result.status === "failure") return result;
    return result.status === "gone" ? result : outcome("unknown", result.problems);
  }

  perhaps(work: () => Outcome): Outcome {
    this.conditional++;
    const result = work();
    this.conditional--;
    return result.status === "unknown" ? outcome("unknown") : result;
  }

  asCondition(work: () => Outcome): Outcome {
    this.tested++;
    const result = work();
    this.tested--;
    return result;
  }

  private define(node: FunctionNode): Outcome {
    const { text } = node.name;
    const { dialect } = this.around;
    // To dash a command that there is not, whose lines are run as they come.
    if (isFunctionKeyword(node) && dialect === "dash")
      return this.checked(outcome("failure", [functionKeyword(text)])).status === "gone" ? outcome("gone") : this.anything();
    // POSIX has fewer names.
    if (!/^[A-Za-z_]\w*$/.test(text) && dialect !== "bash") return this.anything();
    this.state.functions.set(text, node);
    if (text === "command_not_found_handle") this.state.isAnyNameDefined = true;
    return outcome("success");
  }
}

function nothingYet(): Endings {
  return { success: false, failure: false, lives: false, problems: [] };
}
