import { createInterface } from "node:readline/promises";
import { createColors } from "picocolors";

import type { Outcome, StepResult } from "./model";

const isWatched = process.stderr.isTTY === true;
const colors = createColors(!process.env.NO_COLOR && (Boolean(process.env.FORCE_COLOR) || isWatched));

const marks: Record<Outcome, string> = {
  passed: colors.green("✓"),
  failed: colors.red("✗"),
  "left out": colors.dim("–"),
  "not judged here": colors.yellow("○"),
  "not run": colors.dim("·"),
};

/** Prints for people: on standard error, because standard output is the report's. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Says that a step runs, each second on a terminal; returns what says how it ended. */
export function beginStep(place: string, title: string, expectation: string): (result: StepResult) => void {
  const started = Date.now();
  const tick = () =>
    process.stderr.write(`\r\x1b[K${colors.dim("…")} ${place} ${title} ${colors.dim(durationText((Date.now() - started) / 1000))}`);
  say(`${place} ${colors.bold(title)}\n    expected: ${expectation}`);
  const timer = isWatched ? setInterval(tick, 1000) : undefined;
  return (result) => {
    clearInterval(timer);
    if (isWatched) process.stderr.write("\r\x1b[K");
    endStep(result);
  };
}

/** How a step ended, in a line and what was seen. */
export function endStep({ title, outcome, seconds, seen }: StepResult): void {
  const took = seconds > 0 ? ` ${colors.dim(`(${durationText(seconds)})`)}` : "";
  say(`  ${marks[outcome]} ${outcome}${took}: ${title}\n    ${seen.replaceAll("\n", "\n    ")}`);
}

/** `45 s`, `12 min 3 s` */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Whether somebody can be asked. */
export const canAsk = () => process.stdin.isTTY === true;

/** The terminal was asked, and answered with Ctrl-C or Ctrl-D. */
export class Unanswered extends Error {}

/**
 * Asks on the terminal.
 *
 * @throws Unanswered
 */
export async function ask(question: string): Promise<string> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  // By itself the question waits on after Ctrl-D, for nobody.
  const closed = new Promise<never>((_, reject) => prompt.once("close", () => reject(new Unanswered())));
  try {
    return await Promise.race([prompt.question(question), closed]);
  } catch {
    throw new Unanswered();
  } finally {
    prompt.close();
  }
}
