import {
  holdSession,
  openTunnel,
  pluginVersion,
  tunnelEnd,
  tunnelTarget,
  type OperatedStack,
  type StackInAws,
  type TunnelEnd,
} from "@fairlead/operations";
import { UserError } from "@fairlead/model";
import type { Command } from "commander";

import { freePort } from "../operate/freePort";
import { stackOption, withStack } from "../operate/openStack";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("tunnel")
    .description(
      "Give a database, a cache or a service a port of this machine, through a task that may connect to it, by ECS Exec. Ctrl-C ends it.",
    )
    .argument("<target>", "data or a service, and another port than its own: orders, orders:5433, api:3000")
    .addOption(stackOption())
    .option("--local-port <port>", "the port here (default: the same, or a free one where that is taken)")
    .option(
      "--through <service>",
      "the service through whose task it leads (default: the first that is bound to the data and lets sessions in)",
    )
    .addHelpText("after", epilogue("Begins at once. Exit code: the session's, and 1 where none could be opened."))
    .action(run);
}

/** Options of `fairlead tunnel`. */
interface TunnelOptions {
  stack?: string;
  localPort?: string;
  through?: string;
}

async function run(target: string, options: TunnelOptions): Promise<void> {
  const [, name = target, text] = /^(.+?)(?::(\d+))?$/.exec(target) ?? [];
  const port = text === undefined ? undefined : portOf("The target's port", text);
  const wanted = options.localPort === undefined ? undefined : portOf("--local-port", options.localPort);
  let version = "";
  const check = (inAws: StackInAws) => {
    tunnelTarget(inAws, name, options.through);
    version = pluginVersion();
  };
  const open = async (stack: OperatedStack) => {
    const end = await tunnelEnd(stack, name, { port, through: options.through });
    const local = wanted ?? (await freePort(end.port));
    process.stderr.write(
      `${name} of ${stack.inAws.stack} is at localhost:${local}, through a task of ${end.service}.${hint(end)} Ctrl-C ends it.\n`,
    );
    return openTunnel(stack, end, local, version);
  };
  process.exitCode = await holdSession(await withStack(options.stack, open, { check }));
}

function hint({ kind }: TunnelEnd): string {
  return kind === "cache" || kind === "postgres" ? " It speaks TLS, with a certificate for another name than localhost." : "";
}

function portOf(what: string, text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new UserError(`${what} is ${text}: expected 1 to 65535.`);
  return port;
}
