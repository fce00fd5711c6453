import { chosenServices, type Intention, type OperatedStack, type ServiceInAws } from "@fairlead/operations";

import { carryOut } from "./carryOut";
import { withStack } from "./openStack";

/** Options of each command that changes something. */
export interface ActOptions {
  stack?: string;
  yes?: boolean;
}

/** Looks at services, and changes nothing. */
type Intend = (opened: OperatedStack, services: ServiceInAws[]) => Promise<Intention>;

/**
 * What each command does that changes something of a stack: looks at it, says what it will do, asks, and does it. Exit code 1 where nothing was changed.
 *
 * @param names of services; all where there are none
 */
export function act({ stack, yes }: ActOptions, names: readonly string[], intend: Intend): Promise<void> {
  const change = async (opened: OperatedStack) => {
    const intention = await intend(opened, chosenServices(opened.inAws, names));
    if (!(await carryOut(await whereIs(opened), intention, yes))) process.exitCode = 1;
  };
  return withStack(stack, change, { check: (inAws) => void chosenServices(inAws, names) });
}

/** Where something is about to happen, as people check it before they agree. */
export async function whereIs({ inAws, caller, clients }: OperatedStack): Promise<string> {
  return `${inAws.stack}, account ${caller.accountId}, ${await clients.region()}`;
}
