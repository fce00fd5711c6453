import type { AndOr, Pipeline, PipelineNode, Statement } from "unbash";

import type { Run } from "./run";
import { copyOf, either } from "./state";
import { eitherOutcome, outcome, type Outcome } from "./status";

export function statement(run: Run, { command, background }: Statement): Outcome {
  const work = () => (command.type === "AndOr" ? andOr(run, command) : pipelineNode(run, command));
  if (!background) return work();
  const { lives } = run.endings;
  run.endings.lives = false;
  run.subshell(work);
  run.hasBackground ||= run.endings.lives;
  // The container ends with its first process, whatever else runs.
  run.endings.lives = lives;
  return outcome("success");
}

function andOr(run: Run, { commands, operators }: AndOr): Outcome {
  const at = (index: number) => {
    const isLast = index === commands.length - 1;
    return isLast ? pipelineNode(run, commands[index]!) : run.asCondition(() => pipelineNode(run, commands[index]!));
  };
  let result = at(0);
  for (const [index, operator] of operators.entries()) {
    if (result.status === "gone") return result;
    const next = () => at(index + 1);
    const before = commands[index]!;
    result = operator === "&&" ? and(run, result, isTest(before) ? () => run.perhaps(next) : next) : or(run, result, next);
  }
  return result;
}

/** Asks something, so that what follows is for one of two cases. */
function isTest(node: PipelineNode): boolean {
  if (node.type === "Pipeline") return node.commands.length > 1 || isTest(node.commands[0]!);
  return node.type === "TestCommand" || (node.type === "Command" && /^(\[|test|command|type|which|hash)$/.test(node.name?.text ?? ""));
}

function and(run: Run, left: Outcome, next: () => Outcome): Outcome {
  if (left.status === "failure") return left;
  run.last = outcome("success");
  if (left.status === "success") return next();
  const before = copyOf(run.state);
  const right = next();
  run.state = right.status === "gone" ? before : either(run.state, before);
  const fails = right.status === "failure" || right.status === "gone";
  return outcome(fails ? "failure" : "unknown", [...left.problems, ...right.problems]);
}

function or(run: Run, left: Outcome, next: () => Outcome): Outcome {
  if (left.status === "success") return left;
  if (left.status === "unknown") {
    const success = () => outcome("success");
    run.last = outcome("failure");
    return run.fork(success, next);
  }
  run.last = left;
  run.pending.push(...left.problems);
  const right = next();
  run.pending.length -= left.problems.length;
  return right.status === "failure" ? outcome("failure", [...left.problems, ...right.problems]) : right;
}

function pipelineNode(run: Run, node: PipelineNode): Outcome {
  return node.type === "Pipeline" ? pipeline(run, node) : run.command(node);
}

function pipeline(run: Run, { prefixes, commands, operators }: Pipeline): Outcome {
  const isNegated = prefixes.filter(({ type }) => type === "Negation").length % 2 === 1;
  // A keyword of bash's, elsewhere a program.
  if (prefixes.some(({ type }) => type === "Time") && run.around.dialect !== "bash") return run.anything();
  if (operators.includes("|&") && run.around.dialect !== "bash") return run.anything();
  if (commands.length === 0) return run.anything();
  if (commands.length === 1) {
    if (!isNegated) return run.command(commands[0]!);
    return negated(run.asCondition(() => run.command(commands[0]!)));
  }
  const results = commands.map((command) => run.subshell(() => run.asCondition(() => run.command(command))));
  for (const { problems } of results.slice(0, -1)) run.tell(problems);
  let result = results.at(-1)!;
  if (run.state.pipefail !== false) {
    const all = outcome(
      results.some(({ status }) => status === "failure") ? "failure" : "unknown",
      results.flatMap(({ problems }) => problems),
    );
    const piped = results.every(({ status }) => status === "success") ? result : all;
    result = run.state.pipefail ? piped : eitherOutcome(result, piped);
  }
  return isNegated ? negated(result) : run.checked(result, run.state.pipefail !== undefined);
}

function negated({ status }: Outcome): Outcome {
  return outcome(status === "success" ? "failure" : status === "failure" ? "success" : status);
}
