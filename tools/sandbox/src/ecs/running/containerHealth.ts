import { setTimeout as sleep } from "node:timers/promises";

import type { HealthStatus } from "../task";
import type { ContainerDefinition } from "./containerDefinition";
import type { DockerClient } from "./dockerClient";

/** Docker's defaults, which are ECS's. */
const defaults = { interval: 30, timeout: 5, retries: 3, startPeriod: 0 };

/**
 * Runs a container's health check until it has ended: a success makes it healthy, and as many failures in a row as `retries` says, after the start
 * period, unhealthy.
 *
 * @param factor by which the waits between are shorter than they say
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export async function watchHealth(
  healthCheck: NonNullable<ContainerDefinition["healthCheck"]>,
  container: string,
  { docker, factor, goesOn, tell }: { docker: DockerClient; factor: number; goesOn: () => boolean; tell: (status: HealthStatus) => void },
): Promise<void> {
  const { command, interval, timeout, retries, startPeriod } = { ...defaults, ...healthCheck };
  const [kind, ...words] = command;
  const asked = kind === "CMD-SHELL" ? ["/bin/sh", "-c", ...words] : kind === "CMD" ? words : command;
  const start = Date.now();
  for (let failures = 0; goesOn();) {
    await sleep(Math.max(200, interval * factor * 1000));
    if (!goesOn()) return;
    const exitCode = await docker.exec(container, asked, Math.max(1, timeout * factor)).catch(() => -1);
    if (exitCode === 0) {
      failures = 0;
      tell("HEALTHY");
    } else if (Date.now() - start > startPeriod * factor * 1000) {
      failures += 1;
      if (failures >= retries) tell("UNHEALTHY");
    }
  }
}
