import { start } from "@fairlead/operations";
import type { Command } from "commander";

import { act, type ActOptions } from "../operate/act";
import { namedStackOption } from "../operate/openStack";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("start")
    .description("Wake services that `fairlead stop` put to sleep: as many tasks as the plan has, and scaling as before. Asks first.")
    .argument("[service...]", "services (default: all of the stack)")
    .addOption(namedStackOption())
    .option("--yes", "don't ask")
    .addHelpText(
      "after",
      epilogue(
        "Exit code 0: ECS was told, or there is nothing to do. 1: nothing was changed, or not all: the same once more does what is left.",
      ),
    )
    .action(run);
}

function run(services: string[], options: ActOptions): Promise<void> {
  return act(options, services, start);
}
