import { addressOf, chosenService, consoleAddress, dashboardAddress, type OperatedStack } from "@fairlead/operations";
import { UserError } from "@fairlead/model";
import { Option, type Command } from "commander";

import { openInBrowser } from "../openInBrowser";
import { stackOption, withStack } from "../operate/openStack";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("open")
    .description(
      "Print the address of a service, of its page in AWS's console, or of the dashboard, and open it where this is a terminal. Reads only.",
    )
    .argument("[service]", "the service (default: the environment, in the console)")
    .addOption(stackOption())
    .addOption(new Option("--console", "AWS's console").conflicts("dashboard"))
    .option("--dashboard", "the environment's dashboard")
    .option("--print", "print it alone")
    .addHelpText("after", epilogue("Exit code 0: the address is printed. 1: there is none, or AWS could not be asked."))
    .action(open);
}

/** Options of `fairlead open`. */
interface OpenOptions {
  stack?: string;
  console?: boolean;
  dashboard?: boolean;
  print?: boolean;
}

async function open(service: string | undefined, options: OpenOptions): Promise<void> {
  const address = await withStack(options.stack, (stack) => wanted(stack, service, options), {
    check: (inAws) => void (service !== undefined && chosenService(inAws, service)),
  });
  process.stdout.write(`${address}\n`);
  if (options.print || !process.stdout.isTTY) return;
  openInBrowser(address);
}

async function wanted(stack: OperatedStack, name: string | undefined, options: OpenOptions): Promise<string> {
  const { inAws, clients } = stack;
  const region = await clients.region();
  if (options.dashboard) {
    if (inAws.dashboard === undefined) throw new UserError(`${inAws.stack} has no dashboard.`);
    return dashboardAddress(region, inAws.dashboard);
  }
  if (name === undefined) {
    if (inAws.cluster === undefined) throw new UserError(`${inAws.stack} has no cluster.`);
    return consoleAddress(region, inAws.cluster);
  }
  const service = chosenService(inAws, name);
  return options.console ? consoleAddress(region, service.cluster!, service.serviceName) : addressOf(stack, service);
}
