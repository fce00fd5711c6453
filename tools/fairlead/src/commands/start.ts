import { chosenServices, start } from "@fairlead/operations";
import type { Command } from "commander";

import { asking, carryOut } from "../operate/carryOut";
import { openStack, stackOption } from "../operate/openStack";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("start")
    .description("Wake services that `fairlead stop` put to sleep: as many tasks as the plan has, and scaling as before. Asks first.")
    .argument("[service...]", "services (default: all of the environment)")
    .addOption(stackOption())
    .option("--yes", "don't ask")
    .addHelpText("after", "\nEnds with 0 once ECS was told or there is nothing to do, and with 1 where nothing was changed.")
    .action(run);
}

async function run(services: string[], options: { stack?: string; yes?: boolean }): Promise<void> {
  const stack = await openStack(options.stack);
  const intention = await asking(stack.inAws.stack, () => start(stack, chosenServices(stack.inAws, services)));
  if (!(await carryOut(stack.inAws.stack, intention, options.yes))) process.exitCode = 1;
}
