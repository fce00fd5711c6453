import { restart } from "@fairlead/operations";
import type { Command } from "commander";

import { act, type ActOptions } from "../operate/act";
import { stackOption } from "../operate/openStack";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("restart")
    .description("Start a service's tasks anew, as they are, by a deployment of ECS's: as after a secret has changed. Asks first.")
    .argument("<service>", "the service")
    .addOption(stackOption())
    .option("--yes", "don't ask")
    .addHelpText(
      "after",
      epilogue("Exit code 0: ECS begins. 1: nothing was changed. `fairlead status -s <stack> --watch` shows how it goes on."),
    )
    .action(run);
}

function run(service: string, options: ActOptions): Promise<void> {
  return act(options, [service], (stack, [chosen]) => restart(stack, chosen!));
}
