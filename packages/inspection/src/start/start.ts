import { finding, type Finding } from "../finding";
import { runtimeProblems } from "./runtimes";
import { shellProblems } from "../shell/shellProblems";
import { backgroundProblems, singleCommand } from "../programs/background";
import type { Container, Starter } from "../container/container";
import { programProblem } from "../programs/program";
import { readOnlyRootProblems } from "../programs/readOnlyRoot";
import { wrapped } from "../programs/wrappers";

/** Programs that start programs that start programs: no image has more. */
const deepest = 10;

/**
 * What keeps words from being started as program and arguments: the program itself, or what it is told to start in its turn.
 *
 * @param words program and arguments
 * @param by who starts it. The container's runtime by default, which does as Linux does
 */
export function startProblems(words: readonly string[], container: Container, by: Starter = "kernel", depth = 0): Finding[] {
  const [program] = words;
  if (program === undefined || depth > deepest) return [];
  const problem = programProblem(program, container, by);
  if (problem?.certainty === "dies") return [problem];
  const startWithin =
    (around: Container) =>
    (next: readonly string[], nextBy: Starter, within = around) =>
      startProblems(next, within, nextBy, depth + 1);
  const start = startWithin(container);
  // npm, for one, sets many.
  const ofRuntimes = { ...container, isUnset: undefined };
  const next =
    wrapped(words, container, by, start) ??
    shellProblems(words, container, start, by) ??
    runtimeProblems(words, ofRuntimes, startWithin(ofRuntimes), by) ??
    [];
  // A shell goes on when what it started has ended.
  const ends = by === "shell" ? [] : backgroundProblems(singleCommand(words), container);
  return [...(problem ? [problem] : []), ...readOnlyRootProblems(words, container), ...ends, ...next];
}

/** The same for a container's own command. */
export function commandProblems(words: readonly string[], container: Container, by?: Starter): Finding[] {
  if (words.length > 0) return startProblems(words, container, by);
  return [
    finding(
      "FL2103",
      "the image has neither ENTRYPOINT nor CMD, and the task names no command",
      "Add CMD to the Dockerfile, or command to the service.yaml.",
    ),
  ];
}
