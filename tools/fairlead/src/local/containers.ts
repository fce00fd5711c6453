import { definitionLabel, networkLabel, relayLabel } from "@fairlead/local";

import type { ComposeEngine } from "./composeEngine";

/** A container of an environment. */
export interface LocalContainer {
  id: string;
  /** By the name that it was started with. */
  image: string;
  /** Compose's name for it. */
  service: string;
  /** Digest of what one was made by that ends by itself; empty of others. */
  definition: string;
  /** Undefined of what isn't a task's: the load balancer, databases. */
  task: string | undefined;
  /** Its name in the task definition. */
  container: string | undefined;
  /** Whether it only holds a task's network. */
  isNetwork: boolean;
  /** Whether it only leads to where a service is deployed. */
  isRelay: boolean;
  /** Whether Docker starts it again when it ends. */
  restartsByItself: boolean;
  state: "created" | "running" | "paused" | "restarting" | "removing" | "exited" | "dead";
  /** Undefined without a health check. */
  health: "starting" | "healthy" | "unhealthy" | undefined;
  exitCode: number;
  outOfMemory: boolean;
  restarts: number;
  /** What the runtime said where it did not start. */
  error: string;
  startedAt: string;
  finishedAt: string;
}

/** What is asked of each, a line of JSON: all that an engine knows of thirty containers is more than a call gives back. */
const asked = {
  // `.Id` would do as well, and then whatever an engine leaves out, such as a health check, is an error.
  id: "{{json .ID}}",
  image: "{{json .Config.Image}}",
  service: '{{json (index .Config.Labels "com.docker.compose.service")}}',
  definition: `{{json (index .Config.Labels "${definitionLabel}")}}`,
  task: '{{json (index .Config.Labels "fairlead.task")}}',
  container: '{{json (index .Config.Labels "fairlead.container")}}',
  relay: `{{json (index .Config.Labels "${relayLabel}")}}`,
  network: `{{json (index .Config.Labels "${networkLabel}")}}`,
  restartPolicy: "{{json .HostConfig.RestartPolicy.Name}}",
  restarts: "{{json .RestartCount}}",
  state: "{{json .State.Status}}",
  health: '{{if .State.Health}}{{json .State.Health.Status}}{{else}}""{{end}}',
  exitCode: "{{json .State.ExitCode}}",
  outOfMemory: "{{json .State.OOMKilled}}",
  error: "{{json .State.Error}}",
  startedAt: "{{json .State.StartedAt}}",
  finishedAt: "{{json .State.FinishedAt}}",
};
const format = `{${Object.entries(asked)
  .map(([key, value]) => `"${key}":${value}`)
  .join(",")}}`;

interface Told extends Pick<
  LocalContainer,
  "id" | "image" | "service" | "definition" | "state" | "exitCode" | "outOfMemory" | "restarts" | "error" | "startedAt" | "finishedAt"
> {
  /** Empty, as those below, where there is none. */
  task: string;
  container: string;
  network: string;
  relay: string;
  restartPolicy: string;
  health: string;
}

/** All containers of a project, those that ended as well, but for one-off runs. */
export async function containersOf(compose: ComposeEngine, project: string): Promise<LocalContainer[]> {
  return containersBy(compose, await idsOf(compose, project));
}

async function idsOf({ engine }: ComposeEngine, project: string, more: readonly string[] = []): Promise<string[]> {
  const filters = [`label=com.docker.compose.project=${project}`, "label=com.docker.compose.oneoff=False", ...more];
  const ids = await engine.must("the engine does not list its containers", [
    "ps",
    "--all",
    "--quiet",
    "--no-trunc",
    ...filters.flatMap((filter) => ["--filter", filter]),
  ]);
  return ids.split("\n").filter(Boolean);
}

export const runningServices = (containers: readonly LocalContainer[]): string[] =>
  containers.filter(({ state }) => state === "running").map(({ service }) => service);

/** Volumes of a project, by their names: what it keeps. */
export async function volumesOf({ engine }: ComposeEngine, project: string): Promise<string[]> {
  const words = ["volume", "ls", "--quiet", "--filter", `label=com.docker.compose.project=${project}`];
  return (await engine.must("the engine does not list its volumes", words)).split("\n").filter(Boolean);
}

/** The same by the names that they have in the Compose file. */
export async function keptVolumes(compose: ComposeEngine, project: string): Promise<Set<string>> {
  const names = await volumesOf(compose, project);
  if (names.length === 0) return new Set();
  // One that is removed meanwhile makes the call fail, and the others are told all the same.
  const words = ["volume", "inspect", "--format", '{{index .Labels "com.docker.compose.volume"}}', ...names];
  return new Set((await compose.engine.call(words)).stdout.split("\n").filter(Boolean));
}

/** Removes containers, those of a status or all. */
export async function removeContainers(compose: ComposeEngine, project: string, status?: "created" | "exited"): Promise<void> {
  const ids = await idsOf(compose, project, status && [`status=${status}`]);
  if (ids.length > 0) await compose.engine.must("the engine does not remove containers", ["rm", "--force", ...ids]);
}

/** Containers by their ids. */
export async function containersBy({ engine }: ComposeEngine, ids: readonly string[]): Promise<LocalContainer[]> {
  if (ids.length === 0) return [];
  // One that is removed meanwhile makes the call fail, and the others are told all the same.
  const { stdout } = await engine.call(["inspect", "--type", "container", "--format", format, ...ids]);
  return stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Told)
    .map(({ task, container, network, relay, restartPolicy, health, ...told }) => ({
      ...told,
      task: task || undefined,
      container: container || undefined,
      isNetwork: network !== "",
      isRelay: relay !== "",
      restartsByItself: !["", "no"].includes(restartPolicy),
      health: healthOf(health),
    }))
    .sort((a, b) => (a.service < b.service ? -1 : 1));
}

const healthOf = (text: string): LocalContainer["health"] =>
  text === "starting" || text === "healthy" || text === "unhealthy" ? text : undefined;
