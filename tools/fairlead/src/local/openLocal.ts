import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import {
  composeText,
  localEnvironment,
  localImages,
  localListeners,
  type Apart,
  type ComposeFile,
  type LocalEnvironment,
  type LocalSettings,
} from "@fairlead/local";
import { copiedSources } from "@fairlead/manifest";
import { pinnedImagesKey } from "@fairlead/model";
import { defaultStack, planOfStack, readProject, rootOf, stacksOf, type Plan, type PlanOfStackOptions, type Project } from "@fairlead/plan";

import { Progress } from "../progress";
import { apartFromOutput } from "../programOutput";
import type { ComposeEngine } from "./composeEngine";
import { addressBlocks, checkedBlock, choosePorts, folderOf, projectName, remembered, type Place } from "./place";
import { freeBlock, subnetsThere } from "./usedAddresses";
import { declaredVolumes } from "./declaredVolumes";

/** Options that decide what an environment is. */
export interface LocalOptions {
  stack?: string;
  platform?: string;
  addresses?: string;
  config?: string[];
}

/** An environment of this machine, as it is to be. */
export interface OpenLocal {
  project: Project;
  stack: string;
  plan: Plan;
  place: Place;
  environment: LocalEnvironment;
  /** Of the load balancer; undefined where there is none. */
  url: string | undefined;
  /** The Compose file. */
  text: string;
  /** The same of which only a part runs here. */
  apart: (apart: Apart) => OpenLocal;
}

/** The stack that is meant where none is named: `local`, where the repository has one, else the first of environments.json. */
export function localStack(named?: string): string {
  if (named !== undefined) return named;
  return stacksOf(rootOf(process.cwd())).includes("local") ? "local" : defaultStack();
}

/** An environment by its name alone: without its plan, which a mistake in a manifest stops. */
export interface NamedLocal {
  project: Project;
  stack: string;
  /** As in {@link Place}. */
  place: Pick<Place, "project" | "folder">;
}

/** Which environment is meant. */
export function namedLocal(options: Pick<LocalOptions, "stack" | "config">): NamedLocal {
  const stack = localStack(options.stack);
  // What is not committed runs here as it is, in environments too that are built from commits alone.
  const project = readProject(stack, ["uncommittedSources=build", ...(options.config ?? [])]);
  const { root, name } = project;
  // What this checkout has runs here: not what another environment gave, nor what a rollback went back to.
  for (const key of ["promoteFrom", pinnedImagesKey]) delete project.config[`${name}:${key}`];
  return { project, stack, place: { project: projectName(name, stack, root), folder: folderOf(root, stack) } };
}

/** How a stack is planned. */
export type Planner = (project: Project, stack: string) => Promise<Plan>;

/** Of plans that are carried out here. The engine's own platform is one that it can run. */
export function planOptions(platform: string | undefined): PlanOfStackOptions {
  const builtPlatforms = (needed: string) => (platform === undefined ? [] : [platform === "task" ? needed : platform]);
  return { hooks: { toleratesShallowClone: true, builtPlatforms } };
}

const planHere =
  ({ platform }: LocalOptions): Planner =>
  async (project, stack) => {
    const progress = new Progress();
    progress.say(`planning ${project.name}/${stack}`);
    return apartFromOutput(() => planOfStack(project, stack, planOptions(platform))).finally(() => progress.end());
  };

/**
 * Plans a stack and says what it is on this machine. Changes nothing.
 *
 * @param engine without one the addresses and ports are the first that come to mind
 */
export async function openLocal(options: LocalOptions, engine?: ComposeEngine, planned = planHere(options)): Promise<OpenLocal> {
  const named = namedLocal(options);
  const { project, stack } = named;
  // The engine is asked while this process plans.
  const there = engine && Promise.all([subnetsThere(engine, named.place.project), publishedBy(engine, named.place.project)]);
  there?.catch(() => undefined);
  const plan = await planned(project, stack);
  const listeners = localListeners(plan).map(({ localPort }) => localPort);
  const place = await placeOf(named, listeners, options, engine, await there);
  const settings: LocalSettings = {
    ...settingsOf(project, place),
    platform: options.platform,
    cpus: engine?.engine.cpus ?? availableParallelism(),
    openFiles: mostOpenFiles(),
  };
  // The first listener is a public one, where there is one.
  const port = listeners[0] === undefined ? undefined : place.ports[listeners[0]];
  const described = (apart?: Apart): OpenLocal => {
    const environment = localEnvironment(plan, settings, apart);
    engine?.forget(environment.neededSecrets.map(({ variable }) => variable));
    return {
      ...{ project, stack, plan, place, environment, apart: described },
      url: port === undefined ? undefined : `http://localhost:${port}/`,
      ...written(project, stack, environment.compose),
    };
  };
  return described();
}

/** What an environment at a place is made by, but for what is the machine's own. */
export function settingsOf({ root }: Project, place: Place): Omit<LocalSettings, "cpus"> {
  return {
    project: place.project,
    root,
    folder: relative(root, place.folder),
    ports: place.ports,
    addresses: place.addresses,
    subnets: place.subnets,
    images: localImages(),
    imageVolumes: ({ dockerfile, target }) => declaredVolumes(readFileSync(join(root, dockerfile), "utf8"), target),
    buildSources: ({ dockerfile, target }) => copiedSources(join(root, dockerfile), target),
  };
}

/** The same with other images of some of Compose's services. */
export function withImages(local: OpenLocal, images: Readonly<Record<string, string>>): OpenLocal {
  const { project, stack, environment } = local;
  const changed = Object.entries(images).map(([name, image]) => [name, { ...environment.compose.services[name]!, image }]);
  const compose = { ...environment.compose, services: { ...environment.compose.services, ...Object.fromEntries(changed) } };
  return { ...local, environment: { ...environment, compose }, ...written(project, stack, compose) };
}

function written(project: Project, stack: string, compose: ComposeFile): Pick<OpenLocal, "text"> {
  return { text: composeText(compose, heading(stack, relative(project.root, secretsFile(project)))) };
}

/** Subnets of the environment's networks, and which ports its containers publish. */
type There = [subnets: Record<string, string>, isOurs: (port: number) => boolean];

async function placeOf(
  { place: { project, folder } }: NamedLocal,
  listeners: readonly number[],
  { addresses }: LocalOptions,
  engine: ComposeEngine | undefined,
  there: There | undefined,
): Promise<Place> {
  const memory = remembered({ project, folder });
  const blocks = addressBlocks(project);
  const own = checkedBlock(addresses) ?? memory.addresses;
  if (!engine || !there) {
    const ports = Object.fromEntries(listeners.map((listener, index) => [listener, memory.ports?.[listener] ?? 8080 + index]));
    return { project, folder, addresses: own ?? blocks[0]!, subnets: {}, ports };
  }
  return {
    project,
    folder,
    addresses: own ?? (await freeBlock(engine, project, blocks)),
    subnets: there[0],
    ports: await choosePorts(listeners, memory, there[1]),
  };
}

async function publishedBy({ engine }: ComposeEngine, project: string): Promise<(port: number) => boolean> {
  const { stdout } = await engine.call(["ps", "--filter", `label=com.docker.compose.project=${project}`, "--format", "{{.Ports}}"]);
  return (port) => stdout.includes(`:${port}->`);
}

/** Where secrets are that a person fills in. */
export function secretsFile({ configFolder }: Project): string {
  return join(configFolder, "local.secrets.env");
}

function heading(stack: string, secrets: string): string {
  return [
    `The stack ${stack} on one machine, as \`npx fairlead local config\` writes it. It works without Fairlead:`,
    `docker compose --project-directory <the repository> --env-file ${secrets} -f <this file> up`,
  ].join("\n");
}

/** What this process may raise its own limit to: an engine that lacks the right to more, such as one without root, has the same. */
function mostOpenFiles(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const { stdout } = spawnSync("sh", ["-c", "ulimit -Hn"], { encoding: "utf8" });
  const limit = Number(stdout);
  return Number.isInteger(limit) && limit > 0 ? limit : undefined;
}
