import { setTimeout as sleep } from "node:timers/promises";

import { awsEmulatorService, awsResourcesService, type Task } from "@fairlead/local";

import { Progress } from "../progress";
import type { ComposeEngine } from "./composeEngine";
import { containersOf, type LocalContainer } from "./containers";
import { EarlyCauses } from "./earlyCauses";
import type { KnownLocal } from "./known";
import { targetStates } from "./loadBalancerState";
import { partStates, type PartState } from "./taskStates";

/** How the parts of an environment are now. */
export async function look(compose: ComposeEngine, local: KnownLocal): Promise<PartState[]> {
  return partsOf(compose, local, await containersOf(compose, local.place.project));
}

/** The same of containers that were asked for already. */
export async function partsOf(
  compose: ComposeEngine,
  { environment }: KnownLocal,
  containers: readonly LocalContainer[],
): Promise<PartState[]> {
  const targetOf = await targetStates(compose, containers);
  return partStates(environment.tasks, containers, (task) =>
    environment.tasks.some(({ name, registrations }) => name === task && registrations.length > 0) ? targetOf(task) : undefined,
  );
}

/** Those that count for an `up` of some tasks: others may be stopped, or fail as they did before. */
export function startedOnly(parts: readonly PartState[], started: readonly Task[]): PartState[] {
  return parts.filter(({ task, phase }) => (task ? started.includes(task) || task.kind === "scheduledJob" : phase !== "stopped"));
}

/** Whether what was made in the emulator of AWS is still there: one that was started since may have forgotten it. */
export function hasItsResources(containers: readonly LocalContainer[]): boolean {
  const ofService = (service: string) => containers.find((container) => container.service === service);
  const [emulator, resources] = [ofService(awsEmulatorService), ofService(awsResourcesService)];
  return !emulator || !resources || Date.parse(emulator.startedAt) <= Date.parse(resources.finishedAt);
}

/** A job that runs by a schedule need not be there. */
const isSettled = ({ phase, task }: PartState): boolean =>
  phase === "up" || phase === "done" || (phase === "absent" && task?.kind === "scheduledJob");

export const isUp = (parts: readonly PartState[]): boolean => parts.length > 0 && parts.every(isSettled);

/**
 * Looks until all is up, or something will not come up.
 *
 * @param counting those parts that count
 * @param patience seconds: after `timeout` what is not up counts as failed; `settle` is what others get when something failed, so that all that is wrong is
 *   told together
 */
export async function untilUp(
  compose: ComposeEngine,
  local: KnownLocal,
  counting: (parts: PartState[]) => PartState[],
  { timeout, settle }: { timeout: number; settle: number },
): Promise<PartState[]> {
  const progress = new Progress();
  const early = new EarlyCauses(compose);
  let until = performance.now() + timeout * 1000;
  let isEnding = false;
  try {
    for (;;) {
      const parts = await early.seen(counting(await look(compose, local)));
      if (isUp(parts) || parts.every(({ phase }) => phase !== "waiting") || performance.now() > until) return parts;
      if (!isEnding && parts.some(({ phase }) => phase === "failed")) {
        isEnding = true;
        until = Math.min(until, performance.now() + settle * 1000);
      }
      const waiting = parts.filter(({ phase }) => phase === "waiting").map((part) => early.described(part));
      progress.step(`waiting for ${waiting.join(", ")}`);
      await sleep(250);
    }
  } finally {
    progress.end();
  }
}
