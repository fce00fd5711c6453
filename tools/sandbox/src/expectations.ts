import { isDeepStrictEqual } from "node:util";
import colors from "picocolors";

let passed = 0;
let failed = 0;

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
  failed++;
  console.log(`${colors.red("FAIL")} ${title}\n  expected: ${shortened(expected)}\n  actual:   ${shortened(actual)}`);
}

/** How many checks held, and how many did not. */
export interface Counts {
  passed: number;
  failed: number;
}

/** Those of this process. */
export function summary(): Counts {
  return { passed, failed };
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
