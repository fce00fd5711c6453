import type { ServiceSpec } from "@fairlead/manifest";
import { platforms, type CpuArchitecture } from "@fairlead/model";
import { ExternalImage } from "@fairlead/registry";
import type { ContainerArgs } from "@fairlead/services";

import { secretReference } from "./secretReference";

type Sidecar = ServiceSpec["sidecars"][string];

/** The keys that the service's own container and a sidecar have in common. */
export function containerArgs(
  container: ServiceSpec | Sidecar,
  region: string,
): Omit<ContainerArgs<CpuArchitecture>, "image" | "environment"> {
  return {
    entryPoint: container.entryPoint,
    command: container.command,
    workingDirectory: container.workingDirectory,
    user: container.user,
    readonlyRootFilesystem: container.readonlyRootFilesystem,
    writableMounts: container.writableMounts,
    mountPoints: container.mountPoints,
    healthCheck: container.containerHealthCheck,
    stopTimeoutSeconds: container.stopTimeoutSeconds,
    ulimits: container.ulimits,
    initProcessEnabled: container.initProcessEnabled,
    dependsOn: container.dependsOn,
    dockerLabels: container.dockerLabels,
    containerPort: container.containerPort,
    repositoryCredentials: container.repositoryCredentials && secretReference(container.repositoryCredentials, region),
    secrets: Object.fromEntries(
      Object.entries(container.secrets ?? {}).map(([variable, secret]) => [variable, secretReference(secret, region)]),
    ),
  };
}

/** A container whose image others build. */
export function sidecarArgs(sidecar: Sidecar, region: string): ContainerArgs<CpuArchitecture> {
  const { image, environment, essential, cpu, memoryMiB } = sidecar;
  return { ...containerArgs(sidecar, region), image: new ExternalImage(image, platforms), environment, essential, cpu, memoryMiB };
}
