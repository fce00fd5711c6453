import { setTimeout as wait } from "node:timers/promises";
import { chosenServices, EnvironmentWatch, type EnvironmentStatus } from "@fairlead/operations";
import { printableJson, UserError } from "@fairlead/model";
import { Option, type Command } from "commander";

import { FullScreen } from "../operate/fullScreen";
import { stackOption, withStack } from "../operate/openStack";
import { renderStatus, worstFirst } from "../operate/renderStatus";
import { colorsOf } from "../operate/terminal";
import { Progress } from "../progress";
import { textOf } from "../textOf";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("status")
    .description(
      "Say how an environment is, as AWS has it: its services with image and commit, tasks, last deployment and alarms, and what differs from the plan. " +
        "Reads only. What the credentials may not see is said, with the permission that it takes.",
    )
    .argument("[service...]", "services to ask for (default: all)")
    .addOption(stackOption())
    .addOption(new Option("--watch", "show it on the whole terminal, and again every few seconds; q ends it").conflicts("json"))
    .option("--interval <seconds>", "between two looks of --watch", "5")
    .option("--json", "print it as JSON")
    .addHelpText(
      "after",
      epilogue("Exit code 0: AWS said how all services are, whatever that is. 1: it could not be asked, or not for all of them."),
    )
    .action(status);
}

/** Options of `fairlead status`. */
interface StatusOptions {
  stack?: string;
  watch?: boolean;
  interval: string;
  json?: boolean;
}

async function status(services: string[], options: StatusOptions): Promise<void> {
  const interval = Number(options.interval);
  if (!(interval >= 1)) throw new UserError(`--interval ${options.interval}: expected a number of seconds, 1 or more.`);
  if (options.watch && !process.stdout.isTTY) throw new UserError("--watch needs a terminal; without --watch the status is printed once.");
  await withStack(options.stack, (stack) => look(new EnvironmentWatch(stack), services, { ...options, interval }), {
    check: (inAws) => void chosenServices(inAws, services),
  });
}

async function look(
  watch: EnvironmentWatch,
  services: string[],
  { interval, ...options }: Omit<StatusOptions, "interval"> & { interval: number },
): Promise<void> {
  if (options.watch) return follow(() => watch.look({ services }), interval);
  const progress = new Progress();
  progress.say("asking AWS");
  const seen = await watch.look({ services }).finally(() => progress.end());
  if (seen.unseen.some(({ what }) => what === "services")) process.exitCode = 1;
  process.stdout.write(options.json ? `${printableJson(seen)}\n` : `${renderStatus(seen, colorsOf(process.stdout)).join("\n")}\n`);
}

/** Looks again and again until somebody ends it. A look that fails is said below the last that didn't. */
async function follow(look: () => Promise<EnvironmentStatus>, interval: number): Promise<void> {
  const ending = new AbortController();
  const screen = new FullScreen(() => ending.abort());
  const colors = colorsOf(process.stdout);
  let last: string[] = ["asking AWS…"];
  screen.open();
  try {
    screen.draw(last);
    while (!ending.signal.aborted) {
      try {
        const seen = await Promise.race([look(), aborted(ending.signal)]);
        if (!seen) break;
        last = [...renderStatus({ ...seen, services: worstFirst(seen.services) }, colors), "", colors.dim(`${seen.at}  q ends`)];
        screen.draw(last);
      } catch (error) {
        screen.draw([...last, colors.red(textOf(error).split("\n")[0]!)]);
      }
      await wait(interval * 1000, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  } finally {
    screen.close();
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
}
