import { execFileSync } from "node:child_process";

import { root } from "./paths";

/** In how many commits in a row all of a long list has its turn. */
const commits = 3;

/**
 * What of a long list has its turn in a commit: a third of it, another one in the next, so that each run takes two processors for less than an hour and none is
 * left out for long. `--whole` runs all of it.
 *
 * @param number how many commits there are
 */
export function inTurnAt<T>(all: readonly T[], number: number): T[] {
  return all.filter((_, index) => index % commits === number % commits);
}

/** How many commits lead to the one that is checked out. */
export function commitNumber(): number {
  return Number(execFileSync("git", ["rev-list", "--count", "HEAD"], { cwd: root, encoding: "utf8" }));
}
