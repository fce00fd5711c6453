import {
  chosenService,
  commandLine,
  execute,
  holdSession,
  pluginVersion,
  reachableTask,
  type OperatedStack,
  type StackInAws,
} from "@fairlead/operations";
import { printableLine } from "@fairlead/model";
import type { Command } from "commander";

import { stackOption, withStack } from "../operate/openStack";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("exec")
    .description(
      "Open a session in a running task, by ECS Exec. What it needs is looked at first: the plugin, the service's setting, the agent in the task. " +
        "The session is logged where the cluster says so.",
    )
    .argument("<service>", "the service")
    .argument("[command...]", "what runs in the container: a program and its arguments, as they are (default: /bin/sh)")
    .addOption(stackOption())
    .option("--task <id>", "the beginning of a task's id (default: the newest task)")
    .option("--container <name>", "one of its containers (default: the service's own)")
    .addHelpText(
      "after",
      epilogue("Begins at once. Exit code: the session's, and 1 where none could be opened. ECS doesn't hand over the shell's."),
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
  let version = "";
  const check = (inAws: StackInAws) => {
    chosenService(inAws, service);
    version = pluginVersion();
  };
  const open = async (stack: OperatedStack) => {
    const task = await reachableTask(stack, chosenService(stack.inAws, service), options);
    const line = command.length > 0 ? commandLine(command) : "/bin/sh";
    process.stderr.write(`${printableLine(line)} in ${task.container} of ${task.taskArn.split("/").at(-1)} (${stack.inAws.stack})\n`);
    return execute(stack, task, line, version);
  };
  process.exitCode = await holdSession(await withStack(options.stack, open, { check }));
}
