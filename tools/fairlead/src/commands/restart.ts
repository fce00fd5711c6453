import { chosenService, restart } from "@fairlead/operations";
import type { Command } from "commander";

import { asking, carryOut } from "../operate/carryOut";
import { openStack, stackOption } from "../operate/openStack";

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
      "\nEnds with 0 once ECS begins, and with 1 where nothing was changed. `fairlead status --watch` shows how it goes on.",
    )
    .action(run);
}

async function run(service: string, options: { stack?: string; yes?: boolean }): Promise<void> {
  const stack = await openStack(options.stack);
  const intention = await asking(stack.inAws.stack, () => restart(stack, chosenService(stack.inAws, service)));
  if (!(await carryOut(stack.inAws.stack, intention, options.yes))) process.exitCode = 1;
}
