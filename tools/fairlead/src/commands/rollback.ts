import { chosenService, releasePin, rollback } from "@fairlead/operations";
import { defaultStack, readProject } from "@fairlead/plan";
import { Option, type Command } from "commander";

import { asking, carryOut } from "../operate/carryOut";
import { openStack, stackOption } from "../operate/openStack";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("rollback")
    .description(
      "Take a service back to an earlier image, without a build: at once by ECS, and to stay by a pin in the stack's configuration, which `pulumi up` goes by. Asks first.",
    )
    .argument("<service>", "the service")
    .addOption(stackOption())
    .option("--to <image>", "a tag, such as 1.0.0-3f2a1bc84d0e, or a digest (default: the image before)")
    .option("--pin-only", "leave ECS as it is: the next `pulumi up` brings the image out")
    .addOption(new Option("--release", "end the pin: the next `pulumi up` brings out what the sources say").conflicts(["to", "pinOnly"]))
    .option("--yes", "don't ask")
    .addHelpText("after", "\nEnds with 0 once it was done or there is nothing to do, and with 1 where nothing was changed.")
    .action(run);
}

/** Options of `fairlead rollback`. */
interface RollbackOptions {
  stack?: string;
  to?: string;
  pinOnly?: boolean;
  release?: boolean;
  yes?: boolean;
}

async function run(service: string, options: RollbackOptions): Promise<void> {
  if (options.release) {
    const name = options.stack ?? defaultStack();
    if (!(await carryOut(name, releasePin(readProject(name), name, service), options.yes))) process.exitCode = 1;
    return;
  }
  const stack = await openStack(options.stack);
  const intention = await asking(stack.inAws.stack, () => rollback(stack, chosenService(stack.inAws, service), options));
  if (!(await carryOut(stack.inAws.stack, intention, options.yes))) process.exitCode = 1;
}
