import { planOfStack } from "@fairlead/plan";

import { textOf } from "../../textOf";
import { namedLocal, planOptions } from "../openLocal";
import type { Planned, PlannedOptions } from "./planAfresh";

/** Plans a stack, and hands the plan to the process that started this one. */
async function planned(options: PlannedOptions): Promise<Planned> {
  try {
    const { project, stack } = namedLocal(options);
    return { plan: await planOfStack(project, stack, planOptions(options.platform)) };
  } catch (error) {
    return { failure: textOf(error) };
  }
}

void planned(JSON.parse(process.argv[2]!) as PlannedOptions).then((told) => process.send!(told, () => process.exit()));
