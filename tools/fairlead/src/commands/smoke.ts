import type { Command } from "commander";

import type { SmokeOptions } from "../smoke/options";
import type { Prepared } from "../smoke/preparation";
import { textOf } from "../textOf";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("smoke")
    .description(
      "A day on AWS: create a stack that is empty, change it, break it, roll it back, destroy it, and say what was seen. Works in a clone of the last " +
        "commit, says account, region and price first, and writes a report. Exit code 0: every step passed or was left out for a stated reason; " +
        "1: a step failed; 2: refused, and nothing was created; 130: Ctrl-C before it began. Needs credentials and the Pulumi CLI, and costs what the stack costs meanwhile.",
    )
    .argument("<stack>", "a stack without resources, of an account where it may come and go")
    .option("-y, --yes", "begin, and destroy at the end or after a failure, without asking; needs --account")
    .option("--account <id>", "with --yes: the account that the stack's credentials must belong to")
    .option("--keep", "destroy nothing: it then goes on costing")
    .option("--report <file>", "where to write the report (default: fairlead-smoke-<run>.md here)")
    .option("--json", "print the report as JSON as well")
    .option("--show-account", "write the account's whole number into the report, not its last 4 digits alone")
    // 1 says that a step failed.
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : didNotBegin))
    .action(run);
}

const didNotBegin = 2;

async function run(stack: string, options: SmokeOptions): Promise<void> {
  const { beginSmoke, Interrupted, smoke } = await import("../smoke/smoke");
  let prepared: Prepared;
  try {
    prepared = await beginSmoke(stack, options);
  } catch (error) {
    const isInterrupted = error instanceof Interrupted;
    console.error(isInterrupted ? "\nInterrupted. Nothing was created." : `${textOf(error)}\nNothing was created.`);
    process.exitCode = isInterrupted ? 130 : didNotBegin;
    return;
  }
  process.exitCode = await smoke(prepared, options);
}
