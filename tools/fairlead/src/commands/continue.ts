import { chosenService, continueDeployment } from "@fairlead/operations";
import type { Command } from "commander";

import { asking, carryOut } from "../operate/carryOut";
import { openStack, stackOption } from "../operate/openStack";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("continue")
    .description("Let a deployment go on that waits for somebody's word at a hook of type PAUSE. Asks first.")
    .argument("<service>", "the service")
    .addOption(stackOption())
    .option("--back", "take it back instead: what served before serves again")
    .option("--yes", "don't ask")
    .addHelpText("after", "\nEnds with 0 once ECS was told, and with 1 where no deployment waits or nothing was changed.")
    .action(run);
}

async function run(service: string, options: { stack?: string; back?: boolean; yes?: boolean }): Promise<void> {
  const stack = await openStack(options.stack);
  const action = options.back ? "ROLLBACK" : "CONTINUE";
  const intention = await asking(stack.inAws.stack, () => continueDeployment(stack, chosenService(stack.inAws, service), action));
  if (!(await carryOut(stack.inAws.stack, intention, options.yes))) process.exitCode = 1;
}
