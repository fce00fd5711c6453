import type { Task } from "@fairlead/local";
import { coded, UserError } from "@fairlead/model";

import { colorsOf } from "../operate/terminal";
import { causesOf } from "./causes";
import { startedTasks } from "./choice";
import type { ComposeEngine } from "./composeEngine";
import { containersOf, removeContainers, runningServices } from "./containers";
import { areThere, needsOf, servicesFor } from "./dueServices";
import { prepare } from "./files";
import { buildImages } from "./images";
import { alone } from "./lock";
import type { OpenLocal } from "./openLocal";
import { remember, remembered } from "./place";
import { renderCauses, renderNotUp } from "./renderLocal";
import { digestWith } from "./secrets";
import { start } from "./start";
import type { PartState } from "./taskStates";
import { hasItsResources, isUp, partsOf, startedOnly, untilUp } from "./watchParts";

/** How an environment is brought up. */
export interface BringUpOptions {
  /** All images again, those whose sources are as they were as well. */
  build?: boolean;
  /** Seconds after which what is not up counts as failed. */
  timeout: string;
  /** Seconds that the others get when something failed. */
  settle: string;
  /** Is told when something is about to be changed, with the services of Compose that run already, where some are to be started and not all. */
  onBegin?: (others: string[]) => void;
}

/** Of verbs that have no options for it. */
const usualPatience = { timeout: 180, settle: 8 };

/**
 * @param scheduled jobs that will be started later, whose images are built now
 * @returns how the parts are then: all up, or some of them failed
 */
export async function bringUp(
  compose: ComposeEngine,
  local: OpenLocal,
  names: readonly string[],
  { build, timeout, settle, onBegin }: BringUpOptions,
  scheduled: readonly Task[] = [],
): Promise<PartState[]> {
  const patience = { timeout: seconds("--timeout", timeout), settle: seconds("--settle", settle) };
  const tasks = startedTasks(local, names);
  if (!build && remembered(local.place).broughtUp === goalOf(local, names, scheduled)) {
    const containers = await containersOf(compose, local.place.project);
    const parts = startedOnly(await partsOf(compose, local, containers), tasks);
    if (isUp(parts) && areThere(servicesFor(local, names), containers) && hasItsResources(containers)) return parts;
  }
  const begun = await begin(compose, local, names, { build, scheduled, onBegin });
  const parts = await untilUp(compose, begun, (all) => startedOnly(all, tasks), patience);
  if (isUp(parts)) rememberUp(begun, names, scheduled);
  return parts;
}

/**
 * Builds what is to be built and starts all, without waiting for it.
 *
 * @returns the environment that was begun: of sources that changed while they were built there are other images in it
 */
export async function begin(
  compose: ComposeEngine,
  local: OpenLocal,
  names: readonly string[],
  { build, scheduled = [], onBegin }: Pick<BringUpOptions, "build" | "onBegin"> & { scheduled?: readonly Task[] } = {},
): Promise<OpenLocal> {
  const tasks = [...new Set([...startedTasks(local, names), ...scheduled])];
  return alone(compose, local.place, async () => {
    onBegin?.(names.length > 0 ? runningServices(await containersOf(compose, local.place.project)) : []);
    const built = await buildAll(compose, local, tasks, build === true);
    await start(compose, built, servicesFor(built, names), ["--remove-orphans"]);
    return built;
  });
}

/**
 * Brings up what a task needs before it begins, and builds its image.
 *
 * @returns the environment, as of {@link begin}
 * @throws UserError where something that it needs does not come up
 */
export async function bringUpNeeds(compose: ComposeEngine, local: OpenLocal, task: Task): Promise<OpenLocal> {
  const needs = needsOf(local, task);
  const needed = local.environment.tasks.filter(({ name }) => needs.includes(name));
  const begun = await alone(compose, local.place, async () => {
    const built = await buildAll(compose, local, [task, ...needed], false);
    await start(compose, built, needs);
    return built;
  });
  const parts = await untilUp(compose, begun, (all) => all.filter(({ name }) => needs.includes(name)), usualPatience);
  if (parts.length > 0 && !isUp(parts)) throw await notUp(compose, begun, parts);
  return begun;
}

async function buildAll(compose: ComposeEngine, local: OpenLocal, tasks: readonly Task[], all: boolean): Promise<OpenLocal> {
  const { project } = local.place;
  // Who runs has the certificates of before, of an authority that is no more.
  if (await prepare(local)) await removeContainers(compose, project);
  remember(local.place);
  const built = await buildImages(compose, local, tasks, all);
  // Whoever made them was ended meanwhile. Compose connects a container with its networks one by one after that, and starts one that lacks some as it is.
  await removeContainers(compose, project, "created");
  return built;
}

/** The next `up` of the same has nothing to do. */
export function rememberUp(local: OpenLocal, names: readonly string[], scheduled: readonly Task[] = []): void {
  remember(local.place, { broughtUp: goalOf(local, names, scheduled) });
}

const goalOf = (local: OpenLocal, names: readonly string[], scheduled: readonly Task[]) =>
  digestWith(local, [local.text, ...names, ...scheduled.map(({ name }) => `${name} by its schedule`)].join(" "));

function seconds(option: string, text: string): number {
  const value = Number(text);
  if (!(value >= 0)) throw new UserError(`${option} ${text}: expected a number of seconds.`);
  return value;
}

/** What to say of an environment that is not up. */
export async function notUp(compose: ComposeEngine, { environment }: OpenLocal, parts: readonly PartState[]): Promise<UserError> {
  const causes = await causesOf(parts, { compose, tasks: environment.tasks, data: environment.bindable });
  return new UserError(coded("FL2704", `${renderNotUp(parts)}\n\n${renderCauses(causes, colorsOf(process.stderr))}\n`));
}
