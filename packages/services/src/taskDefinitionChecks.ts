import { platformOf, type CpuArchitecture } from "@fairlead/registry";
import { InputPropertiesError } from "@pulumi/pulumi";

import { describeMemorySizes, fargateCpuSizes, fargateMemorySizes } from "./fargateSizes";
import type { TaskDefinitionArgs } from "./taskDefinition";

/** @throws InputPropertiesError with every argument that ECS or the container runtime would refuse. */
export function validateTaskDefinition<A extends CpuArchitecture>(name: string, args: TaskDefinitionArgs<A>): void {
  const errors: { propertyPath: string; reason: string }[] = [];
  const refuse = (propertyPath: string, reason: string) => errors.push({ propertyPath, reason });

  if (!/^[A-Za-z0-9_-]{1,255}$/.test(args.family)) {
    refuse("family", `"${args.family}": expected 1 to 255 letters, digits, hyphens and underscores`);
  }
  if (!fargateCpuSizes.includes(args.cpu)) {
    refuse("cpu", `${args.cpu}: Fargate offers ${fargateCpuSizes.join(", ")} CPU units`);
  } else if (!fargateMemorySizes(args.cpu).includes(args.memoryMiB)) {
    refuse("memoryMiB", `${args.memoryMiB}: with ${args.cpu} CPU units Fargate offers ${describeMemorySizes(args.cpu)} MiB`);
  }
  const containers = Object.entries(args.containers);
  if (containers.length < 1 || containers.length > 10) refuse("containers", `${containers.length} containers: ECS allows 1 to 10`);

  const platform = platformOf(args.cpuArchitecture);
  for (const [containerName, { image, stopTimeoutSeconds }] of containers) {
    if (!image.platforms.includes(platform)) {
      refuse(
        `containers.${containerName}.image`,
        `the image is built for ${image.platforms.join(", ")}, the task runs on ${platform} (${args.cpuArchitecture}): ` +
          `it would die at start with "exec format error". Build the image for ${platform}, or change cpuArchitecture`,
      );
    }
    if (stopTimeoutSeconds !== undefined && (stopTimeoutSeconds < 2 || stopTimeoutSeconds > 120)) {
      refuse(`containers.${containerName}.stopTimeoutSeconds`, `${stopTimeoutSeconds}: Fargate allows 2 to 120 seconds`);
    }
  }
  if (errors.length > 0) throw new InputPropertiesError({ message: `Task definition ${name}`, errors });
}
