import type { ContainerRun } from "@fairlead/cli/containerRun";

/** As much of a container definition as is done here. */
export interface ContainerDefinition {
  name: string;
  image: string;
  command?: string[];
  entryPoint?: string[];
  environment?: { name: string; value: string }[];
  secrets?: { name: string; valueFrom: string }[];
  essential?: boolean;
  dependsOn?: { containerName: string; condition: "START" | "COMPLETE" | "SUCCESS" | "HEALTHY" }[];
  healthCheck?: { command: string[]; interval?: number; timeout?: number; retries?: number; startPeriod?: number };
  linuxParameters?: { initProcessEnabled?: boolean; capabilities?: { add?: string[]; drop?: string[] } };
  logConfiguration?: { logDriver: string; options?: Record<string, string> };
  memory?: number;
  mountPoints?: { sourceVolume: string; containerPath: string; readOnly?: boolean }[];
  portMappings?: { containerPort: number }[];
  readonlyRootFilesystem?: boolean;
  stopTimeout?: number;
  ulimits?: { name: string; softLimit: number; hardLimit: number }[];
  user?: string;
  workingDirectory?: string;
}

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
