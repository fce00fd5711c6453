import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { readProject, rootOf, stacksOf, type Project } from "@fairlead/plan";
import { enforcementOf } from "@fairlead/policy";
import type { Command } from "commander";

import { planInPart } from "../commits/planInPart";
import { otherSide, secretsKey } from "../commits/plans";
import { apartFromOutput } from "../programOutput";
import { textOf } from "../textOf";

const collect = (value: string, before: string[]) => [...before, value];

/** Adds the command. */
export default function register(program: Command): void {
  program
    .command("plans")
    .description(
      "Print the plans of several stacks for other programs, all made in one process: one JSON a line, {stack, plan, hints} or {stack, failure}. It ends with " +
        "the first failure: what a program leaves behind that threw could reach into the next plan.",
    )
    .argument("[stacks...]", "the stacks (default: all)")
    .option("-c, --config <key=value>", "set a value of each stack's configuration; repeatable", collect, [])
    .action(plans);
}

async function plans(wanted: string[], { config }: { config: string[] }): Promise<void> {
  const key = process.env[secretsKey];
  delete process.env[secretsKey];
  for (const stack of wanted.length > 0 ? wanted : stacksOf(rootOf())) {
    try {
      const project = readProject(stack, config);
      // What reads the plans reports by it: better no plan than one whose findings nobody enforces.
      enforcementOf(project, stack);
      const hints: string[] = [];
      const planned = await apartFromOutput(() =>
        heard(hints, () => planInPart(project, stack, (file) => otherText(project, file), { secretsKey: key })),
      );
      process.stdout.write(`${JSON.stringify({ stack, ...planned, hints })}\n`);
    } catch (error) {
      process.stdout.write(`${JSON.stringify({ stack, failure: textOf(error) })}\n`);
      process.exitCode = 1;
      return;
    }
  }
}

/** A manifest as the other side of a comparison has it. */
function otherText({ root }: Project, file: string): string | undefined {
  const folder = process.env[otherSide];
  const other = folder && join(folder, relative(root, file));
  return other && existsSync(other) ? readFileSync(other, "utf8") : undefined;
}

/** What the program warns of, besides where it is printed. */
async function heard<T>(hints: string[], plan: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = (...text: unknown[]) => {
    hints.push(withoutColors(text.join(" ")).replace(/^warning: /, ""));
    warn(...text);
  };
  try {
    return await plan();
  } finally {
    console.warn = warn;
  }
}

function withoutColors(text: string): string {
  return stripVTControlCharacters(text).trim();
}
