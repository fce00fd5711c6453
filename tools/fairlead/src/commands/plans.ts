import { planOfStack, readProject, rootOf, stacksOf } from "@fairlead/plan";
import { enforcementOf } from "@fairlead/policy";
import type { Command } from "commander";

import { apartFromOutput } from "../programOutput";
import { textOf } from "../textOf";

const collect = (value: string, before: string[]) => [...before, value];

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("plans")
    .description(
      "Print the plans of several stacks for other programs, all made in one process: one JSON a line, {stack, plan} or {stack, failure}. It ends with " +
        "the first failure: what a program leaves behind that threw could reach into the next plan.",
    )
    .argument("[stacks...]", "the stacks (default: all)")
    .option("-c, --config <key=value>", "set a value of each stack's configuration; repeatable", collect, [])
    .action(plans);
}

async function plans(wanted: string[], { config }: { config: string[] }): Promise<void> {
  for (const stack of wanted.length > 0 ? wanted : stacksOf(rootOf())) {
    try {
      const project = readProject(stack, config);
      // What reads the plans reports by it: better no plan than one whose findings nobody enforces.
      enforcementOf(project, stack);
      const plan = await apartFromOutput(() => planOfStack(project, stack));
      process.stdout.write(`${JSON.stringify({ stack, plan })}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ stack, failure: textOf(error) })}\n`);
      process.exitCode = 1;
      return;
    }
  }
}
