import type { TaskHealthCheck } from "@fairlead/inspection";
import type { ContainerDefinition, TaskVolume } from "@fairlead/local";
import { isMap } from "@fairlead/model";

import type { ContainerRun, RunMount } from "./containerRun";

/** What of its task counts for a container. */
export interface TaskOfContainer {
  /** MiB. */
  memory?: string;
  /** 1,024 are one CPU. */
  cpu?: string;
  volumes?: TaskVolume[];
  /** Fargate, unless it says another. */
  requiresCompatibilities?: string[];
}

/**
 * The container of a task definition as it is to be started.
 *
 * @param environment all its variables, those of secrets as well
 */
export function runOfDefinition(
  own: ContainerDefinition,
  task: TaskOfContainer,
  environment: Record<string, string>,
): Omit<ContainerRun, "isJob" | "withheld"> {
  const { healthCheck, linuxParameters: { capabilities, initProcessEnabled = false } = {} } = own;
  return {
    entryPoint: own.entryPoint,
    command: own.command,
    user: own.user,
    workingDirectory: own.workingDirectory,
    environment,
    readonlyRootFilesystem: own.readonlyRootFilesystem ?? false,
    mounts: mountsOf(own, task),
    memoryMiB: own.memory ?? (task.memory === undefined ? undefined : Number(task.memory)),
    cpu: task.cpu === undefined ? undefined : Number(task.cpu),
    initProcessEnabled,
    ulimits: own.ulimits ?? [],
    capabilities: { add: capabilities?.add ?? [], drop: capabilities?.drop ?? [] },
    stopTimeoutSeconds: own.stopTimeout,
    healthCheck: healthCheck && healthCheckOf(healthCheck),
    containerPort: own.portMappings?.find(({ protocol = "tcp" }) => protocol === "tcp")?.containerPort,
  };
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
export function healthCheckOf({
  command,
  interval = 30,
  timeout = 5,
  retries = 3,
  startPeriod = 0,
}: NonNullable<ContainerDefinition["healthCheck"]>): TaskHealthCheck {
  return { command, intervalSeconds: interval, timeoutSeconds: timeout, retries, startPeriodSeconds: startPeriod };
}

function mountsOf(own: ContainerDefinition, { volumes = [], requiresCompatibilities }: TaskOfContainer): RunMount[] {
  const onFargate = requiresCompatibilities?.includes("FARGATE") ?? true;
  return (own.mountPoints ?? []).map(({ sourceVolume, containerPath, readOnly = false }) => {
    const { name: _, ...settings }: object & { name?: string } = volumes.find(({ name }) => name === sourceVolume) ?? {};
    // ECS itself tells `host: {}` of one that has a name alone.
    const isShared = Object.values(settings).some(
      (setting) => typeof setting === "string" || (isMap(setting) && Object.keys(setting).length > 0),
    );
    return { containerPath, readOnly, kind: isShared ? "shared" : onFargate ? "empty" : "copy" };
  });
}
