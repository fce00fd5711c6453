import { operateStack, type OperatedStack } from "@fairlead/operations";
import { defaultStack, planOfStack } from "@fairlead/plan";
import { Option } from "commander";

import { apartFromOutput } from "../programOutput";
import { Progress } from "../progress";

/** `-s`, as Pulumi's commands have it. */
export const stackOption = () =>
  new Option("-s, --stack <stack>", "the stack, as in `pulumi up -s <stack>` (default: the first of stacks/environments.json)");

/** Makes a stack's plan and asks AWS who one is, and says so meanwhile on a terminal. @param hooks what the program is handed */
export async function openStack(named: string | undefined, hooks?: object): Promise<OperatedStack> {
  const stack = named ?? defaultStack();
  const progress = new Progress();
  progress.say(`planning ${stack}, asking AWS`);
  try {
    return await operateStack(stack, (project, name) => apartFromOutput(() => planOfStack(project, name, { hooks })));
  } finally {
    progress.end();
  }
}
