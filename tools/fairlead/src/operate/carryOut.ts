import { createInterface } from "node:readline/promises";
import { refusal, type Intention } from "@fairlead/operations";
import { printableLine, UserError } from "@fairlead/model";

/**
 * Says what is about to happen, asks, and does it.
 *
 * @param yes whether nobody is asked
 * @returns whether it was done
 * @throws UserError where nobody can be asked, or AWS refuses
 */
export async function carryOut(stack: string, { says, why, carryOut }: Intention, yes: boolean | undefined): Promise<boolean> {
  if (says.length === 0) {
    process.stderr.write(`${why ?? "Nothing to do."}\n`);
    return true;
  }
  process.stderr.write(`${stack}:\n${says.map((line) => `  ${printableLine(line)}\n`).join("")}`);
  if (!yes && !(await confirmed())) {
    process.stderr.write("Nothing was changed.\n");
    return false;
  }
  const done = await asking(stack, carryOut);
  process.stderr.write(done.map((line) => `${printableLine(line)}\n`).join(""));
  return true;
}

/** Asks AWS for what must be known, or for a change. @throws UserError in a sentence where it refuses */
export async function asking<T>(stack: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw refusal(stack, error);
  }
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UserError("Nothing was changed: this is no terminal to ask on. Give --yes.");
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question("Do that? [y/N] ")).trim());
  } finally {
    prompt.close();
  }
}
