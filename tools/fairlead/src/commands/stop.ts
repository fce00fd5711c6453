import { chosenServices, stop } from "@fairlead/operations";
import type { Command } from "commander";

import { asking, carryOut } from "../operate/carryOut";
import { openStack, stackOption } from "../operate/openStack";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("stop")
    .description(
      "Put services to sleep: no tasks, and scaling suspended. Data, load balancers and schedules of jobs stay. A plain `pulumi up` leaves it so; `fairlead start` wakes them. Asks first.",
    )
    .argument("[service...]", "services (default: all of the environment)")
    .addOption(stackOption())
    .option("--yes", "don't ask")
    .addHelpText("after", "\nEnds with 0 once ECS was told or there is nothing to do, and with 1 where nothing was changed.")
    .action(run);
}

async function run(services: string[], options: { stack?: string; yes?: boolean }): Promise<void> {
  const stack = await openStack(options.stack);
  const intention = await asking(stack.inAws.stack, () => stop(stack, chosenServices(stack.inAws, services)));
  if (!(await carryOut(stack.inAws.stack, intention, options.yes))) process.exitCode = 1;
}
