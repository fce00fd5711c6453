import type { Task } from "@fairlead/local";
import { closest, UserError } from "@fairlead/model";

import type { KnownLocal } from "./known";
import type { OpenLocal } from "./openLocal";
import type { ScheduledTask } from "./schedules/timetable";

/** A task by its name. @throws UserError where there is none */
export function chosenTask({ environment: { tasks } }: KnownLocal, name: string): Task {
  const found = tasks.find((task) => task.name === name);
  if (found) return found;
  const names = tasks.map((task) => task.name);
  const meant = closest(name, names);
  throw new UserError(
    `There is no service or job "${name}"${meant ? `: did you mean ${meant}?` : "."} There are ${names.join(", ") || "none"}.`,
  );
}

/** Whether a service of Compose is a container of a task: others stand for something of AWS. */
export const isTasks = ({ labels }: { labels?: Record<string, string> }): boolean => labels?.["fairlead.task"] !== undefined;

/** Those that are named, with all that they call and wait for; all that begin with an environment where none is. */
export function startedTasks(local: OpenLocal, names: readonly string[]): Task[] {
  const { tasks, calls } = local.environment;
  const begin = names.length > 0 ? names.map((name) => chosenTask(local, name)) : tasks.filter(({ kind }) => kind !== "scheduledJob");
  const found = new Set(begin);
  for (const task of found)
    for (const other of tasks)
      if (calls.some(({ caller, callee }) => caller === task.name && callee === other.name) || other.before.includes(task.name))
        found.add(other);
  return tasks.filter((task) => found.has(task));
}

/** Jobs that run by a schedule: those that are named, or all. */
export function scheduledTasks(local: OpenLocal, names: readonly string[]): ScheduledTask[] {
  const among = names.length > 0 ? names.map((name) => chosenTask(local, name)) : local.environment.tasks;
  return among.filter((task): task is ScheduledTask => task.schedule !== undefined);
}
