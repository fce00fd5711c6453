import type { VolumeBinding } from "@fairlead/foundation";
import type * as ecs from "@pulumi/aws/ecs";
import type { types } from "@pulumi/aws";

import type { MountPoint } from "./container";
import type { ContainerDefinition } from "./containerDefinitions";

type Mounts = ContainerDefinition["mounts"];

/** Empty volumes for folders that can be written, named after the container and the folder. */
export function writableMounts(containerName: string, paths: string[] = []): Mounts {
  return paths.map((containerPath) => ({ sourceVolume: volumeName(containerName, containerPath), containerPath, readOnly: false }));
}

/** Volumes that a container shares with others. */
export function sharedMounts(mountPoints: readonly MountPoint[] = []): Mounts {
  return mountPoints.map(({ sourceVolume, containerPath, readOnly = false }) => ({ sourceVolume, containerPath, readOnly }));
}

export function fileSystemMounts(volumes: VolumeBinding[]): Mounts {
  return volumes.map(({ name, containerPath, readOnly }) => ({ sourceVolume: name, containerPath, readOnly }));
}

/**
 * The `volumes` of a task definition: empty ones for writable folders, and file systems, mounted through their access point with TLS.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
 */
export function taskVolumes(mounts: Mounts, fileSystems: VolumeBinding[]): ecs.TaskDefinitionArgs["volumes"] {
  const shared = new Set(fileSystems.map(({ name }) => name));
  const empty = [...new Set(mounts.map(({ sourceVolume }) => sourceVolume))].filter((name) => !shared.has(name)).sort();
  const volumes: types.input.ecs.TaskDefinitionVolume[] = [
    ...empty.map((name) => ({ name })),
    ...fileSystems.map(({ name, fileSystemId, accessPointId }) => ({
      name,
      efsVolumeConfiguration: {
        fileSystemId,
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId, iam: "ENABLED" },
      },
    })),
  ];
  return volumes.length > 0 ? volumes : undefined;
}

function volumeName(containerName: string, path: string): string {
  return `${containerName}${path.replace(/[^A-Za-z0-9]+/g, "-")}`.replace(/-$/, "");
}
