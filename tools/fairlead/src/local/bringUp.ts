import { containerService, loadBalancerService, networkHolder, relayLabel, type Task } from "@fairlead/local";
import { coded, UserError } from "@fairlead/model";

import { colorsOf } from "../operate/terminal";
import { fitToPrint } from "../run/lastLines";
import { causesOf } from "./causes";
import { startedTasks } from "./choice";
import type { ComposeEngine } from "./composeEngine";
import { removeUnstarted } from "./containers";
import { composeArguments, prepare } from "./files";
import type { OpenLocal } from "./openLocal";
import { remember, remembered } from "./place";
import { renderCauses, renderNotUp } from "./renderLocal";
import { digestWith } from "./secrets";
import type { PartState } from "./taskStates";
import { hasItsResources, isUp, look, startedOnly, untilUp } from "./watchParts";

/** How an environment is brought up. */
export interface BringUpOptions {
  /** All images again, those whose sources are as they were as well. */
  build?: boolean;
  /** Seconds after which what is not up counts as failed. */
  timeout: string;
  /** Seconds that the others get when something failed. */
  settle: string;
}

/**
 * @param scheduled jobs that will be started later, whose images are built now
 * @returns how the parts are then: all up, or some of them failed
 */
export async function bringUp(
  compose: ComposeEngine,
  local: OpenLocal,
  names: readonly string[],
  { build, timeout, settle }: BringUpOptions,
  scheduled: readonly Task[] = [],
): Promise<PartState[]> {
  const patience = { timeout: seconds("--timeout", timeout), settle: seconds("--settle", settle) };
  const tasks = startedTasks(local, names);
  if (!build && remembered(local.place.folder).broughtUp === goalOf(local, names, scheduled)) {
    const parts = startedOnly(await look(compose, local), tasks);
    if (isUp(parts) && hasItsResources(parts.flatMap(({ containers }) => containers))) return parts;
  }
  await begin(compose, local, names, { build, scheduled });
  const parts = await untilUp(compose, local, tasks, patience);
  if (isUp(parts)) rememberUp(local, names, scheduled);
  return parts;
}

/** Builds what is to be built and starts all, without waiting for it. */
export async function begin(
  compose: ComposeEngine,
  local: OpenLocal,
  names: readonly string[],
  { build, scheduled = [] }: Pick<BringUpOptions, "build"> & { scheduled?: readonly Task[] } = {},
): Promise<void> {
  const tasks = startedTasks(local, names);
  const { folder, addresses, ports } = local.place;
  await prepare(local);
  remember(folder, { addresses, ports });
  await buildImages(compose, local, [...new Set([...tasks, ...scheduled])], build === true);
  await removeUnstarted(compose, local.place.project);
  await start(compose, local, tasks, names.length > 0);
}

/** The next `up` of the same has nothing to do. */
export function rememberUp(local: OpenLocal, names: readonly string[], scheduled: readonly Task[] = []): void {
  const { folder, addresses, ports } = local.place;
  remember(folder, { addresses, ports, broughtUp: goalOf(local, names, scheduled) });
}

const goalOf = (local: OpenLocal, names: readonly string[], scheduled: readonly Task[]) =>
  digestWith(local, [local.text, ...names, ...scheduled.map(({ name }) => `${name} by its schedule`)].join(" "));

function seconds(option: string, text: string): number {
  const value = Number(text);
  if (!(value >= 0)) throw new UserError(`${option} ${text}: expected a number of seconds.`);
  return value;
}

/** Images are called by their sources: what is there already is what would be built. */
async function buildImages(compose: ComposeEngine, local: OpenLocal, tasks: readonly Task[], all: boolean): Promise<void> {
  const services = tasks.filter(({ build }) => build);
  const imageOf = ({ name }: Task) => local.environment.compose.services[name]!.image;
  const there = await imagesThere(compose);
  const due = services.filter((task) => all || !there.has(imageOf(task)));
  if (due.length === 0) return;
  if (!process.stderr.isTTY) process.stderr.write(`Building ${due.map(({ name }) => name).join(", ")}\n`);
  const { status, output } = await compose.show([...composeArguments(local), "build", ...due.map(({ name }) => name)]);
  if (status !== 0) throw new UserError(coded("FL2703", ["docker compose build ended with an error.", ...lastWords(output)].join("\n")));
}

/** Images that the engine has of what was built here. */
export async function imagesThere(compose: ComposeEngine): Promise<Set<string>> {
  const { stdout } = await compose.call(["image", "ls", "--format", "{{.Repository}}:{{.Tag}}", "--filter", "reference=fairlead.local/*"]);
  return new Set(stdout.split("\n").filter(Boolean));
}

async function start(compose: ComposeEngine, local: OpenLocal, tasks: readonly Task[], only: boolean): Promise<void> {
  const services = tasks.flatMap((task) => [networkHolder(task.name), ...task.containers.map(({ name }) => containerService(task, name))]);
  const others = Object.entries(local.environment.compose.services).flatMap(([name, { labels = {} }]) =>
    name === loadBalancerService || relayLabel in labels ? name : [],
  );
  const words = ["up", "--detach", "--no-build", "--remove-orphans", ...(only ? [...services, ...others] : [])];
  const { status, output } = await compose.show([...composeArguments(local), "--progress", "plain", ...words], { quiet: true });
  if (status === 0) return;
  // What a container did is told with its cause.
  const parts = await look(compose, local);
  if (parts.some(({ phase }) => phase === "failed")) return;
  throw new UserError(coded("FL2706", ["docker compose up ended with an error.", ...lastWords(output)].join("\n")));
}

/** What to say of an environment that is not up. */
export async function notUp(compose: ComposeEngine, { environment }: OpenLocal, parts: readonly PartState[]): Promise<UserError> {
  const causes = await causesOf(parts, { compose, tasks: environment.tasks, data: environment.bindable });
  return new UserError(coded("FL2704", `${renderNotUp(parts)}\n\n${renderCauses(causes, colorsOf(process.stderr))}\n`));
}

/** The last lines of what a program wrote, below what is said of it. */
export const lastWords = (text: string): string[] =>
  text
    .trim()
    .split("\n")
    .slice(-12)
    .map((line) => `  ${fitToPrint(line)}`);
