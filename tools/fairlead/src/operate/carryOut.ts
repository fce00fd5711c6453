import { createInterface } from "node:readline/promises";
import type { Intention } from "@fairlead/operations";
import { printableLine, UserError } from "@fairlead/model";

/**
 * Says what is about to happen, asks, and does it.
 *
 * @param where the stack, and where that is
 * @param yes whether nobody is asked
 * @returns whether it was done
 * @throws UserError where nobody can be asked
 */
export async function carryOut(where: string, { says, why, carryOut }: Intention, yes: boolean | undefined): Promise<boolean> {
  if (says.length === 0) {
    process.stderr.write(`${why ?? "Nothing to do."}\n`);
    return true;
  }
  process.stderr.write(`${where}:\n${says.map((line) => `  ${printableLine(line)}\n`).join("")}`);
  if (!yes && !(await confirmed())) {
    process.stderr.write("Nothing was changed.\n");
    return false;
  }
  const done = await carryOut();
  process.stderr.write(done.map((line) => `${printableLine(line)}\n`).join(""));
  return true;
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UserError("Nothing was changed: this is no terminal to ask on. Give --yes.");
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await prompt.question("Do that? [y/N] ")).trim());
  } catch (error) {
    // Ctrl-C leaves the cursor behind the question.
    process.stderr.write("\nNothing was changed.\n");
    throw error;
  } finally {
    prompt.close();
  }
}
