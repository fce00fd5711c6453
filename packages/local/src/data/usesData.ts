import { referencesIn } from "@fairlead/plan";

import type { Task } from "../task/task";
import type { LocalData } from "./model";

/** Whether a task refers to attributes or secrets of data, has names of it in its variables, or a role with rights on it. */
export function usesData(
  task: Task,
  { resources, roles = [], secrets, outputs }: Pick<LocalData, "resources" | "roles" | "secrets" | "outputs">,
): boolean {
  const urns = new Set(referencesIn([JSON.stringify(task.containers), task.volumes]).map(({ urn }) => urn));
  const texts = new Set(task.containers.flatMap(({ environment = [] }) => environment.map(({ value }) => value)));
  return (
    (task.role !== undefined && roles.includes(task.role)) ||
    resources.some((urn) => urns.has(urn)) ||
    Object.keys(secrets).some((key) => urns.has(key.slice(0, key.lastIndexOf("#")))) ||
    Object.values(outputs).some((value) => texts.has(value))
  );
}
