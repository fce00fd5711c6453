import { UserError } from "@fairlead/model";

import { AwsFailure } from "./awsCall";
import { LeftOut, StepFailure, type Outcome, type SmokeRun, type SmokeStep, type StepResult } from "./model";
import { PulumiFailure } from "./pulumiCli";
import { beginStep, endStep } from "./terminal";

/** What the runner asks its surroundings. */
export interface Surroundings {
  /** Whether to destroy what was made. @param stopped why the run ended early; undefined where all steps went well */
  destroys(stopped: string | undefined): Promise<boolean>;
  /** What must not be shown. */
  redact(text: string): string;
  /** Forgets Ctrl-C, which ended the steps before. */
  resume(): void;
}

/**
 * Takes the steps in their order. After a failure or Ctrl-C those that clean up alone are taken, if they are wanted.
 *
 * @returns how each went, those too that were not taken
 */
export async function runSteps(steps: readonly SmokeStep[], run: SmokeRun, around: Surroundings): Promise<StepResult[]> {
  const results: StepResult[] = [];
  let stopped: string | undefined;
  let destroys: boolean | undefined;
  for (const [index, step] of steps.entries()) {
    const { title, expectation } = step;
    const told = (outcome: Outcome, seen: string, seconds = 0): StepResult => ({
      title,
      expectation,
      outcome,
      seconds,
      seen: around.redact(seen),
    });
    if (step.cleansUp && destroys === undefined) {
      destroys = await around.destroys(stopped);
      around.resume();
    }
    const skipped = reasonToSkip(step, stopped, destroys === false, told);
    if (skipped) endStep(skipped);
    const result = skipped ?? (await taken(step, `${index + 1}/${steps.length}`, run, told));
    results.push(result);
    if (result.outcome === "failed") stopped ??= `"${title}" failed.`;
  }
  return results;
}

type Told = (outcome: Outcome, seen: string, seconds?: number) => StepResult;

function reasonToSkip({ cleansUp }: SmokeStep, stopped: string | undefined, isKept: boolean, told: Told): StepResult | undefined {
  if (cleansUp) return isKept ? told("left out", "What was made is kept, as you said.") : undefined;
  return stopped === undefined ? undefined : told("not run", stopped);
}

async function taken(step: SmokeStep, place: string, run: SmokeRun, told: Told): Promise<StepResult> {
  const end = beginStep(place, step.title, step.expectation);
  const started = Date.now();
  const result = await outcomeOf(step, run);
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  const finished = told(...result, isTaken(result[0]) ? seconds : 0);
  end(finished);
  return finished;
}

const isTaken = (outcome: Outcome) => outcome === "passed" || outcome === "failed";

async function outcomeOf(step: SmokeStep, run: SmokeRun): Promise<[Outcome, string]> {
  const leftOut = step.leftOut?.(run);
  if (leftOut !== undefined) return ["left out", leftOut];
  if (run.emulator && step.notOnEmulator) return ["not judged here", step.notOnEmulator];
  try {
    const seen = await step.perform(run);
    return run.interrupted() ? ["failed", "Interrupted by Ctrl-C."] : ["passed", seen];
  } catch (error) {
    if (error instanceof LeftOut) return ["left out", error.message];
    const known = [StepFailure, PulumiFailure, AwsFailure, UserError].some((kind) => error instanceof kind);
    const message = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
    return ["failed", run.interrupted() ? `Interrupted by Ctrl-C.\n${message}` : message];
  }
}
