import type { Intention, OperatedStack } from "@fairlead/operations";

import { asking, carryOut } from "./carryOut";
import { openStack } from "./openStack";

/** Options of each command that changes something. */
export interface ActOptions {
  stack?: string;
  yes?: boolean;
}

/**
 * What each command does that changes something of a stack: looks at it, says what it will do, asks, and does it. Exit code 1 where nothing was changed.
 *
 * @param intend looks, and changes nothing
 */
export async function act({ stack, yes }: ActOptions, intend: (opened: OperatedStack) => Promise<Intention>): Promise<void> {
  const opened = await openStack(stack);
  const { stack: name } = opened.inAws;
  const intention = await asking(name, () => intend(opened));
  if (!(await carryOut(name, intention, yes))) process.exitCode = 1;
}
