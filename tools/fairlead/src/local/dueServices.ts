import {
  awsResourcesService,
  containerService,
  definitionLabel,
  loadBalancerService,
  networkHolder,
  relayLabel,
  type Task,
} from "@fairlead/local";

import { startedTasks } from "./choice";
import type { ComposeEngine } from "./composeEngine";
import { containersOf } from "./containers";
import type { OpenLocal } from "./openLocal";
import { remembered } from "./place";
import { secretsDigest } from "./secrets";
import { hasItsResources } from "./watchParts";

/** The services of Compose that are to be started for some tasks, with all that they wait for; all but scheduled jobs where none is named. */
export function servicesFor(local: OpenLocal, names: readonly string[]): string[] {
  const { services } = local.environment.compose;
  if (names.length === 0) return Object.keys(services).filter((name) => !services[name]!.profiles);
  const own = startedTasks(local, names).flatMap((task) => [networkHolder(task.name), ...containersIn(task)]);
  const others = Object.keys(services).filter((name) => name === loadBalancerService || relayLabel in (services[name]!.labels ?? {}));
  return withNeeds(local, [...own, ...others]);
}

/** What a task needs before it begins, without its own containers. */
export function needsOf(local: OpenLocal, task: Task): string[] {
  const own = containersIn(task);
  return withNeeds(local, own).filter((name) => !own.includes(name));
}

function withNeeds({ environment: { compose } }: OpenLocal, names: readonly string[]): string[] {
  const all = new Set(names);
  for (const name of all) for (const needed of Object.keys(compose.services[name]!.depends_on ?? {})) all.add(needed);
  return [...all];
}

const containersIn = (task: Task): string[] => task.containers.map(({ name }) => containerService(task, name));

/**
 * Those that are to be started now: without jobs that have ended well, which Compose would run once more each time. Such a one counts as long as its container
 * would be the same, with the same secrets, and what it waited for is still the same container.
 */
export async function notDone(compose: ComposeEngine, local: OpenLocal, names: readonly string[]): Promise<string[]> {
  const { place, environment } = local;
  if (remembered(place).secrets !== secretsDigest(local)) return [...names];
  const { services } = environment.compose;
  const containers = await containersOf(compose, place.project);
  const byName = new Map(containers.map((container) => [container.service, container]));
  const isDone = (name: string) => {
    const { image, labels = {}, depends_on: needs = {} } = services[name]!;
    const container = byName.get(name);
    if (labels[definitionLabel] === undefined || container?.state !== "exited" || container.exitCode !== 0) return false;
    const isSame = container.definition === labels[definitionLabel] && container.image === image;
    const isNewer = Object.keys(needs).every((need) => Date.parse(byName.get(need)?.createdAt ?? "") <= Date.parse(container.finishedAt));
    // Another container of a service that is not done by itself begins anew with it.
    const isOfJob = environment.tasks.find(({ name }) => name === container.task)?.kind !== "service";
    return isSame && isNewer && isOfJob && (name !== awsResourcesService || hasItsResources(containers));
  };
  return names.filter((name) => !isDone(name));
}
