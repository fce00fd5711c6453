import { releasePin, rollback } from "@fairlead/operations";
import { defaultStack, readProject } from "@fairlead/plan";
import { Option, type Command } from "commander";

import { act, type ActOptions } from "../operate/act";
import { carryOut } from "../operate/carryOut";
import { stackOption } from "../operate/openStack";
import { epilogue } from "../usage";

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
    .addHelpText(
      "after",
      epilogue(
        "Exit code 0: it was done, or there is nothing to do. 1: nothing was changed. Of a deployment that waits at a hook `continue --back` is the shorter way: it pins nothing.",
      ),
    )
    .action(run);
}

/** Options of `fairlead rollback`. */
interface RollbackOptions extends ActOptions {
  to?: string;
  pinOnly?: boolean;
  release?: boolean;
}

async function run(service: string, options: RollbackOptions): Promise<void> {
  if (!options.release) return act(options, [service], (stack, [chosen]) => rollback(stack, chosen!, options));
  const name = options.stack ?? defaultStack();
  if (!(await carryOut(name, releasePin(readProject(name), name, service), options.yes))) process.exitCode = 1;
}
