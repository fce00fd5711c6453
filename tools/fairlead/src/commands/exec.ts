import { chosenService, commandLine, execute, holdSession, pluginVersion, reachableTask } from "@fairlead/operations";
import { printableLine } from "@fairlead/model";
import type { Command } from "commander";

import { asking } from "../operate/carryOut";
import { openStack, stackOption } from "../operate/openStack";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("exec")
    .description(
      "Open a session in a running task, by ECS Exec. What it needs is looked at first: the plugin, the service's setting, the agent in the task. " +
        "The session is logged where the cluster says so.",
    )
    .argument("<service>", "the service")
    .argument("[command...]", "after --, what runs in the container: a program and its arguments, as they are (default: /bin/sh)")
    .addOption(stackOption())
    .option("--task <id>", "the beginning of a task's id (default: the newest task)")
    .option("--container <name>", "one of its containers (default: the service's own)")
    .addHelpText(
      "after",
      "\nEnds as the session does, and with 1 where none could be opened. The shell's exit code is not handed over by ECS.",
    )
    .action(run);
}

/** Options of `fairlead exec`. */
interface ExecOptions {
  stack?: string;
  task?: string;
  container?: string;
}

async function run(service: string, command: string[], options: ExecOptions): Promise<void> {
  const version = pluginVersion();
  const stack = await openStack(options.stack);
  const { stack: name } = stack.inAws;
  const task = await asking(name, () => reachableTask(stack, chosenService(stack.inAws, service), options));
  const line = command.length > 0 ? commandLine(command) : "/bin/sh";
  process.stderr.write(`${printableLine(line)} in ${task.container} of ${task.taskArn.split("/").at(-1)} (${name})\n`);
  process.exitCode = await holdSession(await asking(name, () => execute(stack, task, line, version)));
}
