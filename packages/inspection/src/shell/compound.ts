import type { Case, CompoundList, If, SyntaxNode } from "unbash";

import { matches } from "./casePattern";
import { forgetChangesOf } from "./loopChanges";
import type { Run } from "./run";
import { outcome, type Outcome } from "./status";
import { sideEffectsOf } from "./wordEffects";
import { expandToText } from "./words";

export function condition(run: Run, branches: readonly (If | If["elif"][number])[], otherwise: CompoundList | undefined): Outcome {
  const [first, ...rest] = branches;
  if (!first) return otherwise ? run.list(otherwise.commands) : outcome("success");
  const tested = run.asCondition(() => run.list(first.clause.commands));
  const then = () => run.list(first.then.commands);
  const other = () => condition(run, rest, otherwise);
  if (tested.status === "gone") return tested;
  if (tested.status === "unknown") return run.fork(then, other);
  return tested.status === "success" ? then() : other();
}

export function choice(run: Run, { word, items }: Case): Outcome {
  const effects = sideEffectsOf(word, run);
  if (effects?.status === "gone") return effects;
  const value = expandToText(word, run.words);
  const next = (index: number): Outcome => {
    const item = items[index];
    if (!item) return outcome("success");
    if (item.terminator && item.terminator !== ";;") return run.anything();
    const found = value?.isSure ? item.pattern.map((pattern) => matches(value.text, pattern)) : [undefined];
    const body = () => run.list(item.body.commands);
    if (found.includes(true)) return body();
    return found.includes(undefined) ? run.nested(() => run.fork(body, () => next(index + 1))) : next(index + 1);
  };
  return next(0);
}

/** What is done no or more times. */
export function loop(run: Run, node: SyntaxNode, bodies: readonly CompoundList[]): Outcome {
  forgetChangesOf(node, run.state);
  run.loops++;
  const none = () => outcome("unknown");
  const some = () => {
    for (const { commands } of bodies) if (run.list(commands).status === "gone") return outcome("gone");
    return outcome("unknown");
  };
  // A condition's failure ends nothing.
  run.fork(bodies.length > 1 ? () => run.asCondition(some) : some, none);
  run.loops--;
  forgetChangesOf(node, run.state);
  return outcome("unknown");
}
