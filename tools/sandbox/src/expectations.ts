import { isDeepStrictEqual } from "node:util";
import colors from "picocolors";

let passed = 0;
const failures: string[] = [];

/** Prints a fact that belongs to the result. */
export function report(text: string): void {
  console.log(`  ${text}`);
}

/** Checks one result of the run and goes on either way: the summary counts. */
export function expectEqual(title: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) {
    passed++;
    console.log(`${colors.green("pass")} ${title}`);
    return;
  }
  const failure = `${title}\n  expected: ${shortened(expected)}\n  actual:   ${shortened(actual)}`;
  failures.push(failure);
  console.log(failed(failure));
}

/** How many checks held, and what those that did not found. */
export interface Counts {
  passed: number;
  failures: string[];
}

/** A check that did not hold, for people. */
export const failed = (failure: string) => `${colors.red("FAIL")} ${failure}`;

/** Those of this process. */
export function summary(): Counts {
  return { passed, failures };
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
