import type { ContainerDefinition } from "../task/containerDefinition";
import type { LocalSettings } from "../settings";
import type { Task } from "../task/task";
import type { ComposeService } from "./model";

/** Of Fargate. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html#ECS-Type-ContainerDefinition-ulimits */
const fargateOpenFiles = 65_535;

/**
 * What of the machine a container may have. The limits of a task hold for all of its containers together on ECS; Docker knows none of several containers,
 * so that each has them for itself.
 */
export function containerResources(
  task: Task,
  container: ContainerDefinition,
  { cpus, openFiles }: Pick<LocalSettings, "cpus" | "openFiles">,
): Partial<ComposeService> {
  const { linuxParameters: { sharedMemorySize, tmpfs, devices } = {}, cpu } = container;
  return {
    ...ulimits(task, container, openFiles),
    ...(sharedMemorySize && { shm_size: `${sharedMemorySize}m` }),
    ...(tmpfs?.length && {
      tmpfs: tmpfs.map(({ containerPath, size, mountOptions = [] }) => `${containerPath}:${[`size=${size}m`, ...mountOptions].join(",")}`),
    }),
    ...(devices?.length && { devices: devices.map(device) }),
    ...memory(task, container),
    ...(task.cpu && { cpus: Math.min(task.cpu / 1024, cpus) }),
    ...(cpu && { cpu_shares: Math.max(2, cpu) }),
  };
}

function ulimits({ isOnFargate }: Task, container: ContainerDefinition, openFiles = Infinity): Pick<ComposeService, "ulimits"> {
  const given = (container.ulimits ?? []).map(({ name, softLimit, hardLimit }) => [name, { soft: softLimit, hard: hardLimit }] as const);
  const usual = Math.min(fargateOpenFiles, openFiles);
  const all = Object.fromEntries([...(isOnFargate ? [["nofile", { soft: usual, hard: usual }] as const] : []), ...given]);
  return Object.keys(all).length > 0 ? { ulimits: all } : {};
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-swap.html */
function memory(task: Task, { memory: own, memoryReservation, linuxParameters }: ContainerDefinition): Partial<ComposeService> {
  const limit = own ?? task.memoryMiB;
  const { maxSwap = 0, swappiness } = linuxParameters ?? {};
  return {
    ...(limit && { mem_limit: `${limit}m`, memswap_limit: `${limit + maxSwap}m` }),
    ...(limit && maxSwap > 0 && swappiness !== undefined && { mem_swappiness: swappiness }),
    ...(memoryReservation && { mem_reservation: `${memoryReservation}m` }),
  };
}

function device({ hostPath, containerPath = hostPath, permissions }: DeviceOfTask): string {
  const letters = { read: "r", write: "w", mknod: "m" };
  return [hostPath, containerPath, ...(permissions?.length ? [permissions.map((each) => letters[each]).join("")] : [])].join(":");
}

type DeviceOfTask = NonNullable<NonNullable<ContainerDefinition["linuxParameters"]>["devices"]>[number];
