import { setTimeout as sleep } from "node:timers/promises";
import { healthCheckOf } from "@fairlead/cli/runOfDefinition";
import type { ContainerDefinition } from "@fairlead/local";

import type { HealthStatus } from "../task";
import type { DockerClient } from "./dockerClient";
import { commandSeconds, type Pace } from "./pace";

/**
 * Runs a container's health check until it has ended: a success makes it healthy, and as many failures in a row as `retries` says, after the start
 * period, unhealthy.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export async function watchHealth(
  healthCheck: NonNullable<ContainerDefinition["healthCheck"]>,
  container: string,
  { docker, pace, goesOn, tell }: { docker: DockerClient; pace: Pace; goesOn: () => boolean; tell: (status: HealthStatus) => void },
): Promise<void> {
  const { command, intervalSeconds, timeoutSeconds, retries, startPeriodSeconds } = healthCheckOf(healthCheck);
  const [kind, ...words] = command;
  const asked = kind === "CMD-SHELL" ? ["/bin/sh", "-c", ...words] : kind === "CMD" ? words : command;
  const start = Date.now();
  for (let failures = 0; goesOn();) {
    // Each check is a process of its own: of twenty containers, at the pace of other waits, they alone keep two processors busy.
    await sleep(Math.max(200, intervalSeconds * pace.startFactor * 1000));
    if (!goesOn()) return;
    const exitCode = await docker.exec(container, asked, commandSeconds(timeoutSeconds, pace)).catch(() => -1);
    if (exitCode === 0) {
      failures = 0;
      tell("HEALTHY");
    } else if (Date.now() - start > startPeriodSeconds * pace.startFactor * 1000) {
      failures += 1;
      if (failures >= retries) tell("UNHEALTHY");
    }
  }
}
