import { networkLabel, type ComposeFile } from "@fairlead/local";

import type { LocalContainer } from "./containers";

/**
 * Whether all that a service of Compose waits for is as it is to be, from the image that it is to have, and what that waits for as well. Then nothing has to be started for it, and no migration
 * that has ended runs once more. What holds networks doesn't count: starting it does nothing else.
 */
export function hasItsNeeds(services: ComposeFile["services"], name: string, containers: readonly LocalContainer[]): boolean {
  return Object.entries(services[name]?.depends_on ?? {})
    .filter(([service]) => !(networkLabel in (services[service]?.labels ?? {})))
    .every(([service, { condition }]) => {
      const container = containers.find((each) => each.service === service);
      return container?.image === services[service]!.image && is[condition](container) && hasItsNeeds(services, service, containers);
    });
}

/** @see https://docs.docker.com/reference/compose-file/services/#long-syntax-1 */
const is = {
  service_started: ({ state }: LocalContainer) => state === "running",
  service_healthy: ({ state, health }: LocalContainer) => state === "running" && health === "healthy",
  service_completed_successfully: ({ state, exitCode }: LocalContainer) => state === "exited" && exitCode === 0,
};
