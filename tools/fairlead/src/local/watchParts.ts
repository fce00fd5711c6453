import { setTimeout as sleep } from "node:timers/promises";

import { Progress } from "../progress";
import type { ComposeEngine } from "./composeEngine";
import { containersOf } from "./containers";
import { servingTasks } from "./loadBalancerState";
import type { OpenLocal } from "./openLocal";
import { partStates, type PartState } from "./taskStates";

/** How the parts of an environment are now. */
export async function look(compose: ComposeEngine, { place, environment }: OpenLocal): Promise<PartState[]> {
  const containers = await containersOf(compose, place.project);
  const isServing = await servingTasks(compose, containers);
  return partStates(environment.tasks, containers, (task) =>
    environment.tasks.some(({ name, registrations }) => name === task && registrations.length > 0) ? isServing(task) : undefined,
  );
}

const settled = new Set(["up", "done", "absent"]);

export const isUp = (parts: readonly PartState[]): boolean => parts.length > 0 && parts.every(({ phase }) => settled.has(phase));

/**
 * Looks until all is up, or something will not come up.
 *
 * @param patience seconds: after `timeout` what is not up counts as failed; `settle` is what others get when something failed, so that all that is wrong is
 *   told together
 */
export async function untilUp(
  compose: ComposeEngine,
  local: OpenLocal,
  { timeout, settle }: { timeout: number; settle: number },
): Promise<PartState[]> {
  const progress = new Progress();
  let until = performance.now() + timeout * 1000;
  let isEnding = false;
  try {
    for (;;) {
      const parts = await look(compose, local);
      if (isUp(parts) || parts.every(({ phase }) => phase !== "waiting") || performance.now() > until) return parts;
      if (!isEnding && parts.some(({ phase }) => phase === "failed")) {
        isEnding = true;
        until = Math.min(until, performance.now() + settle * 1000);
      }
      const waiting = parts.filter(({ phase }) => phase === "waiting").map(({ name }) => name);
      progress.say(`waiting for ${waiting.join(", ")}`);
      await sleep(250);
    }
  } finally {
    progress.end();
  }
}
