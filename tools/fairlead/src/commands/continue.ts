import { continueDeployment } from "@fairlead/operations";
import type { Command } from "commander";

import { act, type ActOptions } from "../operate/act";
import { stackOption } from "../operate/openStack";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("continue")
    .description("Let a deployment go on that waits for somebody's word at a hook of type PAUSE. Asks first.")
    .argument("<service>", "the service")
    .addOption(stackOption())
    .option("--back", "take it back instead: what served before serves again")
    .option("--yes", "don't ask")
    .addHelpText(
      "after",
      epilogue(
        "Exit code 0: ECS was told. 1: no deployment waits, or nothing was changed. While it goes on, `rollback` takes it back as well, and pins the image.",
      ),
    )
    .action(run);
}

function run(service: string, { back, ...options }: ActOptions & { back?: boolean }): Promise<void> {
  return act(options, [service], (stack, [chosen]) => continueDeployment(stack, chosen!, back ? "ROLLBACK" : "CONTINUE"));
}
