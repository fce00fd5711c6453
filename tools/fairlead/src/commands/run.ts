import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import { chosenRunnables, commandLine, OneOffTask, runSettings, type OperatedStack } from "@fairlead/operations";
import { printableLine } from "@fairlead/model";
import type { Command } from "commander";

import { whereIs } from "../operate/act";
import { carryOut } from "../operate/carryOut";
import { asking, stackOption, withStack } from "../operate/openStack";
import { LogPrinter } from "../operate/renderLogs";
import { unseenLines } from "../operate/renderStatus";
import { colorsOf } from "../operate/terminal";
import { epilogue } from "../usage";

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("run")
    .description(
      "Run a command once, as a task with the image, roles, secrets and network of a service or a job, and print what it writes. " +
        "The command is in CloudTrail: no secrets in it. Asks first.",
    )
    .argument("<service>", "the service or job")
    .argument("[command...]", "the command, with its own options (default: the image's own)")
    .addOption(stackOption())
    .option("--raw", "what it writes alone, without time and task")
    .option("--yes", "don't ask")
    .addHelpText(
      "after",
      epilogue(
        "Exit code: the command's, and 1 where it never began or nothing was started. Ctrl-C asks whether to stop the task; again, it goes on without you.",
      ),
    )
    .action(run);
}

/** Options of `fairlead run`. */
interface RunOptions {
  stack?: string;
  raw?: boolean;
  yes?: boolean;
}

function run(name: string, command: string[], options: RunOptions): Promise<void> {
  return withStack(options.stack, (stack) => runOnce(stack, name, command, options), {
    check: (inAws) => void chosenRunnables(inAws, [name]),
  });
}

async function runOnce(stack: OperatedStack, name: string, command: string[], options: RunOptions): Promise<void> {
  const runnable = chosenRunnables(stack.inAws, [name])[0]!;
  const settings = await runSettings(stack, runnable);
  const what = command.length > 0 ? commandLine(command) : "the image's own command";
  let task: OneOffTask | undefined;
  const intention = {
    says: [`${name}: one task of ${settings.taskDefinitionArn.split("/").at(-1)} runs: ${what}`],
    carryOut: async () => {
      task = await OneOffTask.start(stack, runnable, settings, command);
      return [`Task ${task.id}`];
    },
  };
  if (!(await carryOut(await whereIs(stack), intention, options.yes))) return void (process.exitCode = 1);
  await follow(task!, stack, options);
}

async function follow(task: OneOffTask, { inAws }: OperatedStack, { raw }: RunOptions): Promise<void> {
  const printer = new LogPrinter(colorsOf(process.stdout));
  const ask = () => void askToStop(task, inAws.stack);
  process.on("SIGINT", ask);
  try {
    const following = task.follow({
      onStatus: (status) => process.stderr.write(`${printableLine(status)}\n`),
      onLines: (lines) => process.stdout.write(lines.map((line) => `${raw ? printableLine(line.message) : printer.line(line)}\n`).join("")),
      wait,
    });
    const { exitCode, reason, unseen } = await following.catch((error: Error) => {
      process.stderr.write(`Task ${task.id} goes on in ${inAws.stack}, and is followed no more.\n`);
      throw error;
    });
    if (exitCode !== 0)
      process.stderr.write(`${printableLine(reason ?? "It ended")}${exitCode === undefined ? "" : `, exit code ${exitCode}`}\n`);
    for (const line of unseenLines(unseen, colorsOf(process.stderr))) process.stderr.write(`${line}\n`);
    process.exitCode = exitCode ?? 1;
  } finally {
    process.off("SIGINT", ask);
  }
}

let isAsking = false;

/** After Ctrl-C: whether the task is to end. Asked already, or where nobody can be, it is left alone. */
async function askToStop(task: OneOffTask, stack: string): Promise<void> {
  if (isAsking || !process.stdin.isTTY) return leave(task, stack);
  isAsking = true;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  prompt.on("SIGINT", () => leave(task, stack));
  const answer = await prompt.question("\nStop the task? [y/N] ");
  prompt.close();
  isAsking = false;
  if (!/^y(es)?$/i.test(answer.trim())) return;
  await asking(stack, () => task.stop()).catch((error: Error) => process.stderr.write(`${error.message}\n`));
}

function leave(task: OneOffTask, stack: string): void {
  process.stderr.write(`\nTask ${task.id} goes on in ${stack}.\n`);
  process.exit(130);
}
