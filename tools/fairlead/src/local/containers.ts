import type { ComposeEngine } from "./composeEngine";

/** A container of an environment. */
export interface LocalContainer {
  id: string;
  /** Compose's name for it. */
  service: string;
  /** Undefined of what isn't a task's: the load balancer, databases. */
  task: string | undefined;
  /** Its name in the task definition. */
  container: string | undefined;
  /** Whether it only holds a task's network. */
  isNetwork: boolean;
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

interface Inspected {
  Id: string;
  RestartCount: number;
  Config: { Labels: Record<string, string> };
  HostConfig: { RestartPolicy: { Name: string } };
  State: {
    Status: LocalContainer["state"];
    ExitCode: number;
    OOMKilled: boolean;
    Error: string;
    StartedAt: string;
    FinishedAt: string;
    Health?: { Status: string };
  };
}

/** All containers of a project, those that ended as well, but for one-off runs. */
export async function containersOf(compose: ComposeEngine, project: string): Promise<LocalContainer[]> {
  const filters = [`label=com.docker.compose.project=${project}`, "label=com.docker.compose.oneoff=False"];
  const ids = await compose.engine.must("the engine does not list its containers", [
    "ps",
    "--all",
    "--quiet",
    "--no-trunc",
    ...filters.flatMap((filter) => ["--filter", filter]),
  ]);
  return containersBy(compose, ids.split("\n").filter(Boolean));
}

/** Containers by their ids. */
export async function containersBy({ engine }: ComposeEngine, ids: readonly string[]): Promise<LocalContainer[]> {
  if (ids.length === 0) return [];
  // One that is removed meanwhile makes the call fail, and the others are told all the same.
  const { stdout } = await engine.call(["inspect", "--type", "container", ...ids]);
  return (JSON.parse(stdout || "[]") as Inspected[])
    .map(({ Id, RestartCount, Config: { Labels }, HostConfig: { RestartPolicy }, State }) => ({
      id: Id,
      service: Labels["com.docker.compose.service"]!,
      task: Labels["fairlead.task"],
      container: Labels["fairlead.container"],
      isNetwork: "fairlead.network" in Labels,
      restartsByItself: !["", "no"].includes(RestartPolicy.Name),
      state: State.Status,
      health: healthOf(State.Health?.Status),
      exitCode: State.ExitCode,
      outOfMemory: State.OOMKilled,
      restarts: RestartCount,
      error: State.Error,
      startedAt: State.StartedAt,
      finishedAt: State.FinishedAt,
    }))
    .sort((a, b) => (a.service < b.service ? -1 : 1));
}

const healthOf = (text: string | undefined): LocalContainer["health"] =>
  text === "starting" || text === "healthy" || text === "unhealthy" ? text : undefined;
