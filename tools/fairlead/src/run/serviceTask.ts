import { defaultStack, planOfStack, readProject } from "@fairlead/plan";

import { apartFromOutput } from "../programOutput";
import { plannedTask, type PlannedTask } from "./plannedTask";

/** The task of a service in the plan of a stack, whatever is committed: whether that may be deployed is another question. */
export async function serviceTask(service: string, stack = defaultStack(), say: (text: string) => void): Promise<PlannedTask> {
  say(`planning ${stack}`);
  const project = readProject(stack, ["uncommittedSources=build"]);
  return plannedTask(await apartFromOutput(() => planOfStack(project, stack)), service);
}
