import { relative } from "node:path";
import { operateStack, refusal, type OperatedStack, type StackInAws } from "@fairlead/operations";
import { InvalidArgumentError, Option } from "commander";
import type { LeftOut } from "@fairlead/manifest";
import type { UserError } from "@fairlead/model";
import { defaultStack, planOfStack } from "@fairlead/plan";

import { inLastCommit } from "../commits/commits";
import { apartFromOutput } from "../programOutput";
import { Progress } from "../progress";

/** `-s`, as Pulumi's commands have it. */
export const stackOption = () => optionOfStack(" (default: the first of stacks/environments.json)");

/** `-s` of a command that acts on all of a stack: on which nobody guesses. */
export const namedStackOption = () => optionOfStack("").makeOptionMandatory();

function optionOfStack(otherwise: string): Option {
  return new Option("-s, --stack <stack>", `the stack, as in \`pulumi up -s <stack>\`${otherwise}`).argParser(
    (stack: string, before?: string) => {
      if (before !== undefined) throw new InvalidArgumentError(`One stack at a time: ${before} or ${stack}.`);
      return stack;
    },
  );
}

/** What else a command has to say before AWS is asked for what it wants. */
export interface OpenOptions {
  /** What the stack's program is handed. */
  hooks?: object;
  /** @throws UserError where the stack doesn't have what was named */
  check?: (inAws: StackInAws) => void;
}

/**
 * Makes a stack's plan, asks AWS who one is, says so meanwhile on a terminal, and lets a command go on with it. Whatever AWS refuses it is told in a sentence.
 *
 * @throws UserError
 */
export async function withStack<T>(
  named: string | undefined,
  use: (stack: OperatedStack) => Promise<T>,
  options?: OpenOptions,
): Promise<T> {
  const stack = named ?? defaultStack();
  return asking(stack, async () => use(await openStack(stack, options)));
}

/** Asks AWS for what must be known, or for a change. @throws UserError in a sentence where it refuses */
export async function asking<T>(stack: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw refusal(stack, error);
  }
}

async function openStack(stack: string, { hooks = {}, check }: OpenOptions = {}): Promise<OperatedStack> {
  const progress = new Progress();
  progress.say(`planning ${stack}, asking AWS who this is`);
  let broken: { problems: UserError; leftOut: LeftOut[] } | undefined;
  const onBrokenManifests = (problems: UserError, files: LeftOut[]) => (broken = { problems, leftOut: files });
  try {
    const looking = { ...hooks, onBrokenManifests, standIn: inLastCommit, toleratesShallowClone: true };
    return await operateStack(
      stack,
      (project, name) => apartFromOutput(() => withoutWarnings(() => planOfStack(project, name, { hooks: looking }))),
      check,
    );
  } finally {
    progress.end();
    if (broken) process.stderr.write(`${toldBroken(stack, broken.problems, broken.leftOut)}\n`);
  }
}

/** A half-finished edit stops nobody who looks after what runs. */
function toldBroken(stack: string, { problems }: UserError, files: readonly LeftOut[]): string {
  const places = problems.map(({ file, line, code }) => `${relative(process.cwd(), file)}:${line} (${code})`).join(", ");
  const gone = files.filter(({ hasStandIn }) => !hasStandIn).map(({ file }) => relative(process.cwd(), file));
  return (
    `Manifests of ${stack} have mistakes: ${places}. Their services are as the last commit has them` +
    (gone.length > 0 ? `; these it has not, or not whole, and they are left out: ${gone.join(", ")}.` : ".")
  );
}

/** What a plan warns of belongs to whoever changes the stack: `preview` says it. */
async function withoutWarnings<T>(plan: () => Promise<T>): Promise<T> {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await plan();
  } finally {
    console.warn = warn;
  }
}
