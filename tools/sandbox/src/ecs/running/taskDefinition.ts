import type { ContainerRun } from "@fairlead/cli/containerRun";
import type { ContainerDefinition } from "@fairlead/local";

/** As much of a task definition. */
export interface TaskDefinition {
  taskDefinitionArn: string;
  family: string;
  memory?: string;
  cpu?: string;
  volumes?: { name: string; efsVolumeConfiguration?: object }[];
  containerDefinitions: ContainerDefinition[];
}

/** A container as it is to be started, with the variables that it gets. */
export function containerRunOf(own: ContainerDefinition, task: TaskDefinition, secrets: Record<string, string>): ContainerRun {
  const { linuxParameters: { capabilities, initProcessEnabled = false } = {} } = own;
  const isShared = (name: string) => task.volumes?.some((volume) => volume.name === name && volume.efsVolumeConfiguration);
  const environment = Object.fromEntries((own.environment ?? []).map(({ name, value }) => [name, value]));
  return {
    entryPoint: own.entryPoint,
    command: own.command,
    user: own.user,
    workingDirectory: own.workingDirectory,
    environment: { ...environment, ...secrets },
    readonlyRootFilesystem: own.readonlyRootFilesystem ?? false,
    mounts: (own.mountPoints ?? []).map(({ sourceVolume, containerPath, readOnly = false }) => ({
      containerPath,
      readOnly,
      kind: isShared(sourceVolume) ? "shared" : "empty",
    })),
    memoryMiB: own.memory ?? (task.memory === undefined ? undefined : Number(task.memory)),
    cpu: task.cpu === undefined ? undefined : Number(task.cpu),
    initProcessEnabled,
    ulimits: own.ulimits ?? [],
    capabilities: { add: capabilities?.add ?? [], drop: capabilities?.drop ?? [] },
    isJob: false,
    withheld: { task: false, secrets: [], outputs: [], fileSystems: [], sidecars: [], settings: [] },
  };
}
