import { spawnSync } from "node:child_process";
import { homedir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

import { Progress } from "../progress";
import { writeFile } from "../writeFile";
import type { SmokeRun, StepResult } from "./model";
import { checkConfirmation, offerText } from "./offer";
import { checkOptions, reportFile, type SmokeOptions } from "./options";
import { logOf, prepare, type Prepared } from "./preparation";
import { PulumiCli } from "./pulumiCli";
import { redact, type Redaction } from "./redaction";
import { markdownOf, reportOf } from "./report";
import { runSteps } from "./runSteps";
import { steps } from "./steps";
import { ask, canAsk, say, Unanswered } from "./terminal";

/** Somebody ended it before it began. */
export class Interrupted extends Error {}

/**
 * All that comes before the first resource: it looks, offers, and waits for a word.
 *
 * @throws UserError where the run must not begin, Interrupted at Ctrl-C
 */
export async function beginSmoke(stack: string, options: SmokeOptions): Promise<Prepared> {
  checkOptions(options, canAsk());
  const progress = new Progress();
  const undos: (() => void)[] = [];
  const aborted = new AbortController();
  const interrupted = new Promise<never>((_, reject) => aborted.signal.addEventListener("abort", () => reject(new Interrupted())));
  const interrupt = () => aborted.abort();
  for (const signal of signals) process.on(signal, interrupt);
  try {
    // What was interrupted goes no further than to its next word.
    const sayNext = (text: string) => {
      aborted.signal.throwIfAborted();
      progress.say(text);
    };
    const preparing = prepare(stack, options, sayNext, (undo) => undos.push(undo));
    const prepared = await Promise.race([preparing, interrupted]).finally(() => progress.end());
    say(offerText(prepared, steps));
    if (!options.yes) await Promise.race([confirm(prepared), interrupted]);
    return prepared;
  } catch (error) {
    for (const undo of undos) undo();
    throw error instanceof Unanswered ? new Interrupted() : error;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/**
 * Takes a stack through a day on AWS.
 *
 * @returns the exit code: 0 where every step passed or was left out for a stated reason, 1 where one failed
 */
export async function smoke(prepared: Prepared, options: SmokeOptions): Promise<0 | 1> {
  const startedAt = new Date();
  const { clone, secrets, accountId } = prepared;
  const redaction: Redaction = {
    secrets,
    accountId: options.showAccount ? undefined : accountId,
    folders: [`${clone.workspace}/`, clone.temporary, `${prepared.project.root}/`, homedir()],
  };
  const redacted = (text: string) => redact(text, redaction);
  const results = await run(prepared, options, redacted);
  const report = reportOf(prepared, steps, results, { startedAt, pulumiVersion: pulumiVersion(), redacted });
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  say(`\n${report.outcome === "passed" ? "Passed" : "Failed"}. ${keep(markdownOf(report), options.report ?? reportFile(prepared.id))}`);
  if (report.outcome === "passed") clone.remove();
  else say(`What Pulumi printed, with the clone: ${clone.temporary}`);
  return report.outcome === "passed" ? 0 : 1;
}

/** Writes the report, or prints it where that fails: the day is not to be had again. Says where it is. */
function keep(text: string, file: string): string {
  try {
    writeFile(file, text);
    return `The report: ${file}`;
  } catch (error) {
    say(`\n${text}`);
    return `The report stands above: ${(error as Error).message}`;
  }
}

async function confirm(prepared: Prepared): Promise<void> {
  const { stack, isMandatory } = prepared;
  checkConfirmation(
    prepared,
    await ask(isMandatory ? `Type the stack's name, ${stack}, to begin: ` : "Type the account or the stack's name to begin: "),
  );
}

async function run(prepared: Prepared, { yes, keep }: SmokeOptions, redacted: (text: string) => string): Promise<StepResult[]> {
  const { stack, id, clone, plan, services, account, region, emulator } = prepared;
  const pulumi = new PulumiCli(clone.project, stack, logOf(clone));
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    pulumi.interrupt();
  };
  for (const signal of signals) process.on(signal, interrupt);
  const smokeRun: SmokeRun = {
    ...{ stack, id, pulumi, clone, plan, services, account, region, emulator, backedUpClusters: [] },
    wait: async (seconds) => void (await sleep(seconds * 1000)),
    interrupted: () => interrupted,
  };
  const kept = `What was made goes on costing until \`pulumi destroy -s ${stack}\`.`;
  try {
    return await runSteps(steps, smokeRun, {
      redact: redacted,
      resume: () => (interrupted = false),
      destroys: async (stopped) => {
        const answer = keep ? "n" : yes || !canAsk() ? "y" : await askWhetherToDestroy(stopped);
        const destroys = !/^n/i.test(answer.trim());
        if (!destroys) say(kept);
        return destroys;
      },
    });
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function askWhetherToDestroy(stopped: string | undefined): Promise<string> {
  const why = stopped === undefined ? "Look around as long as you like." : `${stopped} The rest is left.`;
  try {
    return await ask(`${why} Destroy all that was made? [Y/n] `);
  } catch {
    // Ctrl-C and Ctrl-D at the question destroy nothing.
    return "n";
  }
}

function pulumiVersion(): string {
  return spawnSync("pulumi", ["version"], { encoding: "utf8" }).stdout?.trim() || "unknown";
}
