import { calledPorts, type Task } from "@fairlead/local";

import { chosenTask } from "../choice";
import type { OpenLocal } from "../openLocal";

/** A service that is called from here and runs elsewhere. */
export interface CalledService {
  name: string;
  /** Names of those that call it. */
  callers: string[];
  /** Never empty. */
  ports: ReturnType<typeof calledPorts>;
}

/** Those that are named, with the jobs that have to end before them, and nothing that they call. */
export function startedAlone(local: OpenLocal, names: readonly string[]): Task[] {
  const { tasks } = local.environment;
  const found = new Set(names.map((name) => chosenTask(local, name)));
  for (const task of found) for (const job of tasks) if (job.before.includes(task.name)) found.add(job);
  return tasks.filter((task) => found.has(task));
}

/** The services that these call and that are none of them. What listens on no port is called by nobody. */
export function calledServices({ environment: { tasks, calls } }: OpenLocal, started: readonly Task[]): CalledService[] {
  const here = new Set(started.map(({ name }) => name));
  return tasks
    .filter(({ name, kind }) => kind === "service" && !here.has(name))
    .map((task) => ({
      name: task.name,
      callers: calls.filter(({ caller, callee }) => callee === task.name && here.has(caller)).map(({ caller }) => caller),
      ports: calledPorts(task),
    }))
    .filter(({ callers, ports }) => callers.length > 0 && ports.length > 0);
}
