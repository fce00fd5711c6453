import { execFileSync } from "node:child_process";

import type { Part } from "./lots";
import { root } from "./paths";

/** In how many commits in a row all parts have their turn; and in how many turns of a part all of a long list of it. */
const commits = 3;

/** Long parts, each with the commit of three that it has its turn in: together they take as long as those of another. The other parts run in each. */
const turns: Partial<Record<Part, number>> = { local: 0, imports: 0, adoption: 1, incidents: 1, rollouts: 2, life: 2 };

/**
 * Which of these parts run in a commit, so that each run takes two processors for less than forty minutes and nothing is left out for long. `--whole` runs all.
 *
 * @param number how many commits there are
 */
export function partsInTurn(parts: readonly Part[], number: number): Part[] {
  return parts.filter((part) => (turns[part] ?? number) % commits === number % commits);
}

/** What of a long list of such a part has its turn: a third of it, another one at the part's next turn. */
export function inTurnAt<T>(all: readonly T[], number: number): T[] {
  return all.filter((_, index) => index % commits === Math.floor(number / commits) % commits);
}

/** How many commits lead to the one that is checked out. */
export function commitNumber(): number {
  return Number(execFileSync("git", ["rev-list", "--count", "HEAD"], { cwd: root, encoding: "utf8" }));
}
