import type { Task } from "@fairlead/local";

import type { LocalContainer } from "./containers";
import type { TargetState } from "./loadBalancerState";

/** How a part of an environment is: a task, or what stands for something of AWS. */
export interface PartState {
  /** As the environment calls it. */
  name: string;
  task: Task | undefined;
  containers: LocalContainer[];
  phase: Phase;
  restarts: number;
  /** As in {@link TargetState}. */
  check?: string;
}

/**
 * `up`: it does what it is for. `done`: it ended as it should. `waiting`: nobody knows yet. `failed`: it will not come up by itself. `absent`: it was not
 * started. `stopped`: somebody stopped it.
 */
export type Phase = "up" | "done" | "waiting" | "failed" | "absent" | "stopped";

/** So many restarts are no bad luck. */
const hopeless = 3;

/**
 * @param targetOf how the load balancer sees a task; undefined where it has none for it, or can't be asked
 */
export function partStates(
  tasks: readonly Task[],
  containers: readonly LocalContainer[],
  targetOf: (task: string) => TargetState | undefined,
): PartState[] {
  const ofTasks = tasks.map((task) => {
    const own = containers.filter((container) => container.task === task.name);
    const { isServing, check } = targetOf(task.name) ?? {};
    return { ...partState(task.name, task, own, taskPhase(task, own, isServing)), ...(check !== undefined && { check }) };
  });
  const others = containers.filter(({ task, isNetwork }) => task === undefined && !isNetwork);
  return [...ofTasks, ...others.map((container) => partState(container.service, undefined, [container], otherPhase(container)))];
}

function partState(name: string, task: Task | undefined, containers: LocalContainer[], phase: Phase): PartState {
  return { name, task, containers, phase, restarts: Math.max(0, ...containers.map(({ restarts }) => restarts)) };
}

function taskPhase(task: Task, containers: readonly LocalContainer[], isServing: boolean | undefined): Phase {
  if (containers.length === 0) return "absent";
  const essential = containers.filter(({ container }) => task.containers.find(({ name }) => name === container)?.essential !== false);
  if (essential.some(hasFailed)) return "failed";
  if (essential.some(isStopped)) return "stopped";
  if (task.kind !== "service") {
    const main = essential.filter(({ service }) => service === task.name);
    return main.length > 0 && main.every(({ state, exitCode }) => state === "exited" && exitCode === 0) ? "done" : "waiting";
  }
  if (essential.every(({ state, health }) => state === "running" && (health ?? "healthy") === "healthy") && isServing !== false)
    return "up";
  return essential.some(({ restarts }) => restarts >= hopeless) ? "failed" : "waiting";
}

function otherPhase(container: LocalContainer): Phase {
  if (hasFailed(container)) return "failed";
  if (isStopped(container)) return "stopped";
  if (container.state === "exited") return "done";
  return container.state === "running" && (container.health ?? "healthy") === "healthy" ? "up" : "waiting";
}

/** What Docker starts again has not failed for good. */
function hasFailed(container: LocalContainer): boolean {
  const { state, exitCode, health, error } = container;
  if (isStopped(container)) return false;
  if (health === "unhealthy" || state === "dead") return true;
  if (state === "created") return error !== "";
  return state === "exited" && exitCode !== 0;
}

/** Docker starts it again when it ends by itself. */
function isStopped({ state, restartsByItself }: LocalContainer): boolean {
  return state === "exited" && restartsByItself;
}
