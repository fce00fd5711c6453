import { finding, may, type Finding } from "../finding";
import type { Container } from "../container/container";

/**
 * What an interpreter does that is told to run nothing: it finds nothing to read, and ends. Images of languages are made so that somebody names a
 * program later: the bare name is told where a task waits for an answer.
 *
 * @param who such as `Node`
 * @param example of a command that runs something
 */
export function nothingToRun(who: string, example: string, words: readonly string[], { answers }: Container): Finding[] {
  const isBare = words.slice(1).every((word) => word === "-");
  if (isBare && !answers) return [];
  const found = finding(
    "FL2146",
    `${who} is started without anything to run: it reads its program from standard input, which is empty on ECS`,
    `Name what it is to run, such as ${example}.`,
  );
  return [may(found)];
}
