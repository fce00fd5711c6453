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
import { containersOf, keptVolumes, type LocalContainer } from "./containers";
import type { OpenLocal } from "./openLocal";
import { remember, remembered } from "./place";
import { secretsDigest } from "./secrets";

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
 * would be the same, with the same secrets, and what it worked on is still there: volumes, its own and those of what it waits for. What AWS's emulator has is
 * made each time: nobody knows what it has kept.
 */
export async function notDone(compose: ComposeEngine, local: OpenLocal, names: readonly string[]): Promise<string[]> {
  const { place, environment } = local;
  const { services } = environment.compose;
  const { jobs = {} } = remembered(place);
  const secrets = secretsDigest(local);
  // Compose makes volumes that aren't there yet: what ended before that has worked on others.
  const [all, volumes] = await Promise.all([containersOf(compose, place.project), keptVolumes(compose, place.project)]);
  const containers = new Map(all.map((container) => [container.service, container]));
  const isDone = (name: string) => {
    const { image, labels = {} } = services[name]!;
    const container = containers.get(name);
    if (name === awsResourcesService || labels[definitionLabel] === undefined) return false;
    if (container?.state !== "exited" || container.exitCode !== 0 || jobs[name] !== secrets) return false;
    // A sidecar that has ended begins anew with its service.
    const isOfService = environment.tasks.some((task) => task.name === container.task && task.kind === "service");
    const isSame = container.definition === labels[definitionLabel] && container.image === image;
    const hasItsVolumes = volumesFor(local, name).every((volume) => volumes.has(volume));
    return isSame && hasItsVolumes && !isOfService;
  };
  return names.filter((name) => !isDone(name));
}

/** Of a service, and of all that it waits for, by their names in the file. */
function volumesFor(local: OpenLocal, name: string): string[] {
  const { services } = local.environment.compose;
  const mounts = withNeeds(local, [name]).flatMap((each) => services[each]!.volumes ?? []);
  return mounts.flatMap(({ type, source }) => (type === "volume" && source !== undefined ? source : []));
}

/** Notes the secrets that jobs were started with. */
export function rememberJobs(local: OpenLocal, started: readonly string[]): void {
  const { services } = local.environment.compose;
  const secrets = secretsDigest(local);
  const jobs = started.filter((name) => services[name]!.labels?.[definitionLabel] !== undefined);
  remember(local.place, { jobs: { ...remembered(local.place).jobs, ...Object.fromEntries(jobs.map((name) => [name, secrets])) } });
}

/** Whether each is there that would be started: it runs, or has ended well where it ends by itself. */
export function areThere(names: readonly string[], containers: readonly LocalContainer[]): boolean {
  return names.every((name) => {
    const container = containers.find(({ service }) => service === name);
    return container?.state === "running" || (container?.state === "exited" && container.exitCode === 0 && !container.restartsByItself);
  });
}
