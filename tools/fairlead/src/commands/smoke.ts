import { UserError } from "@fairlead/model";
import type { Command } from "commander";

import type { SmokeOptions } from "../smoke/smoke";
import { textOf } from "../textOf";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("smoke")
    .description(
      "A day on AWS: create a stack that is empty, change it, break it, roll it back, destroy it, and say what was seen. Works in a clone of the last " +
        "commit, says account, region and price first, and writes a report. Exit code 0: every step passed or was left out for a stated reason; " +
        "1: a step failed; 2: refused, and nothing was created. Needs credentials and the Pulumi CLI, and costs what the stack costs meanwhile.",
    )
    .argument("<stack>", "a stack without resources, of an account where it may come and go")
    .option("-y, --yes", "begin, and destroy at the end or after a failure, without asking; needs --account")
    .option("--account <id>", "with --yes: the account that the stack's credentials must belong to")
    .option("--keep", "destroy nothing: it then goes on costing")
    .option("--report <file>", "where to write the report (default: fairlead-smoke-<run>.md here)")
    .option("--json", "print the report as JSON as well")
    .option("--show-account", "write the account's whole number into the report, not its last 4 digits alone")
    .action(run);
}

async function run(stack: string, options: SmokeOptions): Promise<void> {
  try {
    const { smoke } = await import("../smoke/smoke");
    process.exitCode = await smoke(stack, options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(textOf(error));
    process.exitCode = 2;
  }
}
