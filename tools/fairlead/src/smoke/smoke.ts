import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { coded, UserError } from "@fairlead/model";

import { Progress } from "../progress";
import type { SmokeRun, StepResult } from "./model";
import { checkConfirmation, checkUnasked, offerText } from "./offer";
import { logOf, prepare, type Prepared } from "./preparation";
import { PulumiCli } from "./pulumiCli";
import { redact, type Redaction } from "./redaction";
import { markdownOf, reportOf } from "./report";
import { runSteps } from "./runSteps";
import { steps } from "./steps";
import { ask, canAsk, say } from "./terminal";

/** Options of `fairlead smoke`. */
export interface SmokeOptions {
  yes?: boolean;
  account?: string;
  keep?: boolean;
  report?: string;
  json?: boolean;
  showAccount?: boolean;
}

/**
 * Takes a stack through a day on AWS.
 *
 * @returns the exit code: 0 where every step passed or was left out for a stated reason, 1 where one failed
 * @throws UserError where it must not begin
 */
export async function smoke(stack: string, options: SmokeOptions): Promise<0 | 1> {
  const progress = new Progress();
  const prepared = await prepare(stack, (text) => progress.say(text)).finally(() => progress.end());
  try {
    say(offerText(prepared, steps));
    await confirm(prepared, options);
  } catch (error) {
    prepared.clone.remove();
    throw error;
  }
  const startedAt = new Date();
  const { clone, secrets, accountId } = prepared;
  const redaction: Redaction = {
    secrets,
    accountId: options.showAccount ? undefined : accountId,
    folders: [`${clone.workspace}/`, clone.temporary, `${prepared.project.root}/`],
  };
  const redacted = (text: string) => redact(text, redaction);
  const results = await run(prepared, options, redacted);
  const report = reportOf(prepared, steps, results, { startedAt, pulumiVersion: pulumiVersion(), redacted });
  const file = options.report ?? `fairlead-smoke-${prepared.id}.md`;
  writeFileSync(file, markdownOf(report));
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  say(`\n${report.outcome === "passed" ? "Passed" : "Failed"}. The report: ${file}`);
  if (report.outcome === "passed") clone.remove();
  else say(`What Pulumi printed, with the clone: ${clone.temporary}`);
  return report.outcome === "passed" ? 0 : 1;
}

async function confirm(prepared: Prepared, { yes, account }: SmokeOptions): Promise<void> {
  if (yes || !canAsk()) {
    if (!yes) throw new UserError(coded("FL2603", "This is no terminal to ask on. Give --yes --account <id>. Nothing was created."));
    return checkUnasked(prepared, account);
  }
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
    // Ctrl-C at the question destroys nothing.
    return "n";
  }
}

function pulumiVersion(): string {
  return spawnSync("pulumi", ["version"], { encoding: "utf8" }).stdout?.trim() || "unknown";
}
