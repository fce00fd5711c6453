import type { ComposeEngine } from "./composeEngine";
import { NotStarted } from "./composeErrors";
import { removeContainers } from "./containers";
import { notDone, rememberJobs } from "./dueServices";
import { composeArguments } from "./files";
import type { OpenLocal } from "./openLocal";
import { look } from "./watchParts";

/**
 * Starts services of Compose, but for jobs that are done. What a container did is not told here.
 *
 * @throws UserError where Compose can't make or start them
 */
export async function start(
  compose: ComposeEngine,
  local: OpenLocal,
  services: readonly string[],
  options: readonly string[] = [],
): Promise<void> {
  const due = await notDone(compose, local, services);
  // Without any Compose would start all.
  if (due.length === 0) return;
  const words = ["up", "--detach", "--no-build", "--no-deps", ...options, ...due];
  const attempt = () => compose.show([...composeArguments(local), "--progress", "plain", ...words], { quiet: true });
  let { status, output } = await attempt();
  // Containers that were stopped are on networks that somebody has removed since, as `docker network prune` does.
  if (status !== 0 && /network \S+ not found/.test(output)) {
    await removeContainers(compose, local.place.project, "exited");
    ({ status, output } = await attempt());
  }
  if (status === 0) return rememberJobs(local, due);
  const parts = await look(compose, local);
  if (parts.some(({ name, phase }) => phase === "failed" && services.includes(name))) return;
  throw new NotStarted(output);
}
