import type { ImageInspection } from "@fairlead/registry";
import type * as pulumi from "@pulumi/pulumi";

import type { ContainerDefinition } from "./containerDefinitions";

/**
 * The containers with the health checks of their images, where they have none of their own. ECS runs what the task definition states, and passes
 * over a Dockerfile's HEALTHCHECK.
 *
 * @param own containers whose images' health checks count; a sidecar's is not ours to judge the task by
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export function withImageHealthChecks(
  containers: ContainerDefinition[],
  own: readonly string[],
  found: pulumi.Unwrap<ImageInspection["healthChecks"]>,
): ContainerDefinition[] {
  // Without an engine it is a text: nobody has read the images.
  if (typeof found !== "object") return containers;
  return containers.map((container) => {
    const { name, args } = container;
    const healthCheck = args.healthCheck ?? (own.includes(name) ? found[name] : undefined);
    return { ...container, args: { ...args, healthCheck } };
  });
}
