import { awsResourcesService, containerService, loadBalancerService, networkHolder, relayLabel, type Task } from "@fairlead/local";

import { startedTasks } from "./choice";
import type { ComposeEngine } from "./composeEngine";
import { containersOf, type LocalContainer } from "./containers";
import { composeArguments } from "./files";
import type { OpenLocal } from "./openLocal";
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
 * Those that are to be started now: without jobs that have ended well, which Compose would run once more each time. Such a one counts as long as Compose would
 * make its container the same way, with the secrets that there are now, and what it waited for is still the same container.
 */
export async function notDone(compose: ComposeEngine, local: OpenLocal, names: readonly string[]): Promise<string[]> {
  const containers = await containersOf(compose, local.place.project);
  const isJob = ({ task }: LocalContainer) =>
    task === undefined || local.environment.tasks.some(({ name, kind }) => name === task && kind === "job");
  const ended = containers.filter(
    (container) =>
      names.includes(container.service) &&
      container.state === "exited" &&
      container.exitCode === 0 &&
      !container.restartsByItself &&
      isJob(container),
  );
  if (ended.length === 0) return [...names];
  const words = [...composeArguments(local), "--profile", "*", "config", "--hash", ended.map(({ service }) => service).join(",")];
  const { stdout } = await compose.call(["compose", ...words]);
  const digests = new Map(stdout.split("\n").map((line) => line.trim().split(/\s+/) as [string, string]));
  const done = ended.filter(
    (container) =>
      container.configuration === digests.get(container.service) &&
      isNewerThanItsNeeds(local, container, containers) &&
      (container.service !== awsResourcesService || hasItsResources(containers)),
  );
  return names.filter((name) => !done.some(({ service }) => service === name));
}

function isNewerThanItsNeeds(local: OpenLocal, { service, finishedAt }: LocalContainer, containers: readonly LocalContainer[]): boolean {
  return Object.keys(local.environment.compose.services[service]!.depends_on ?? {}).every((needed) => {
    const container = containers.find((each) => each.service === needed);
    return container !== undefined && Date.parse(container.createdAt) <= Date.parse(finishedAt);
  });
}
