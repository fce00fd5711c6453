import { planOfStack } from "@fairlead/plan";

import { textOf } from "../../textOf";
import { namedLocal, planOptions } from "../openLocal";
import type { Planned } from "./planAfresh";

/** Plans the stack of its first argument, with the configuration of the others, and hands the plan to the process that started it. */
async function planned(stack: string, config: string[]): Promise<Planned> {
  try {
    const { project } = namedLocal({ stack, config });
    return { plan: await planOfStack(project, stack, planOptions) };
  } catch (error) {
    return { failure: textOf(error) };
  }
}

const [stack = "", ...config] = process.argv.slice(2);
void planned(stack, config).then((told) => process.send!(told, () => process.exit()));
