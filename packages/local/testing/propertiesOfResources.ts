import type { ComposeService } from "../src/compose/model";
import { engineOpenFiles } from "./propertiesContainers";
import type { Inspected, Readings } from "./propertyViews";

const mebibytes = (text: string | undefined) => Number(/^(\d+)m$/.exec(text ?? "")?.[1]);
/** {@link engineOpenFiles} are fewer than Fargate's 65,535. */
const openFiles = { name: "nofile", softLimit: engineOpenFiles, hardLimit: engineOpenFiles };
const MiB = 2 ** 20;
const ulimit = (all: ComposeService["ulimits"], name: string) =>
  all?.[name] && { name, softLimit: all[name].soft, hardLimit: all[name].hard };
const ulimitOfDocker = ({ HostConfig }: Inspected, name: string) => {
  const found = (HostConfig.Ulimits ?? []).find(({ Name }) => Name === name);
  return found && { name, softLimit: found.Soft, hardLimit: found.Hard };
};

const memory: Record<string, Readings> = {
  memory: {
    is: 128,
    plan: ({ container }) => container.memory,
    compose: ({ container }) => mebibytes(container.mem_limit),
    inspect: ({ container }) => container.HostConfig.Memory / MiB,
  },
  "no swap on Fargate": {
    is: 0,
    plan: ({ container }) => container.linuxParameters?.maxSwap ?? 0,
    compose: ({ container }) => mebibytes(container.memswap_limit) - mebibytes(container.mem_limit),
    inspect: ({ container: { HostConfig } }) => (HostConfig.MemorySwap - HostConfig.Memory) / MiB,
  },
  memoryReservation: {
    is: 64,
    plan: ({ container }) => container.memoryReservation,
    compose: ({ container }) => mebibytes(container.mem_reservation),
    inspect: ({ container }) => container.HostConfig.MemoryReservation / MiB,
  },
};

/** Of the container `shop`: what of the machine it may have. */
export const resourcesOfShop: Record<string, Readings> = {
  ...memory,
  "cpu of the task": {
    is: 512,
    plan: ({ definition }) => Number(definition.cpu),
    compose: ({ container }) => container.cpus! * 1024,
    inspect: ({ container }) => (container.HostConfig.NanoCpus / 1e9) * 1024,
  },
  cpu: {
    is: 128,
    plan: ({ container }) => container.cpu,
    compose: ({ container }) => container.cpu_shares,
    inspect: ({ container }) => container.HostConfig.CpuShares,
  },
  ulimits: {
    is: { name: "core", softLimit: 0, hardLimit: 1024 },
    plan: ({ container }) => container.ulimits?.[0],
    compose: ({ container }) => ulimit(container.ulimits, "core"),
    inspect: ({ container }) => ulimitOfDocker(container, "core"),
  },
  "open files on Fargate, as many of them as the engine has": {
    is: openFiles,
    plan: ({ definition }) => JSON.stringify(definition.requiresCompatibilities) === '["FARGATE"]' && openFiles,
    compose: ({ container }) => ulimit(container.ulimits, "nofile"),
    inspect: ({ container }) => ulimitOfDocker(container, "nofile"),
  },
};

/** Of the container `helper`, that says little. */
export const resourcesOfHelper: Record<string, Readings> = {
  "memory of the task": {
    is: 256,
    plan: ({ definition }) => Number(definition.memory),
    compose: ({ container }) => mebibytes(container.mem_limit),
    inspect: ({ container }) => container.HostConfig.Memory / MiB,
  },
  "ulimits in place of Fargate's": {
    is: { name: "nofile", softLimit: 2048, hardLimit: 4096 },
    plan: ({ container }) => container.ulimits?.[0],
    compose: ({ container }) => ulimit(container.ulimits, "nofile"),
    inspect: ({ container }) => ulimitOfDocker(container, "nofile"),
  },
};

/** Of the container `legacy`, which an instance runs. */
export const resourcesOfLegacy: Record<string, Readings> = {
  "open files of the machine": {
    is: undefined,
    plan: ({ container }) => container.ulimits,
    compose: ({ container }) => container.ulimits,
    inspect: ({ container }) => ulimitOfDocker(container, "nofile"),
  },
  sharedMemorySize: {
    is: 12,
    plan: ({ container }) => container.linuxParameters?.sharedMemorySize,
    compose: ({ container }) => mebibytes(container.shm_size),
    inspect: ({ container }) => container.HostConfig.ShmSize / MiB,
  },
  tmpfs: {
    is: [{ containerPath: "/fast", size: 7, mountOptions: ["noexec", "mode=1770"] }],
    plan: ({ container }) => container.linuxParameters?.tmpfs,
    compose: ({ container }) => container.tmpfs?.map((text) => tmpfs(...(text.split(":") as [string, string]))),
    inspect: ({ container }) => Object.entries(container.HostConfig.Tmpfs ?? {}).map(([path, options]) => tmpfs(path, options)),
  },
  devices: {
    is: [{ hostPath: "/dev/zero", containerPath: "/dev/nothing", permissions: ["read"] }],
    plan: ({ container }) => container.linuxParameters?.devices,
    compose: ({ container }) => container.devices?.map((text) => device(...(text.split(":") as [string, string, string]))),
    inspect: ({ container }) =>
      container.HostConfig.Devices?.map((each) => device(each.PathOnHost, each.PathInContainer, each.CgroupPermissions)),
  },
  maxSwap: {
    is: 32,
    plan: ({ container }) => container.linuxParameters?.maxSwap,
    compose: ({ container }) => mebibytes(container.memswap_limit) - mebibytes(container.mem_limit),
    inspect: ({ container: { HostConfig } }) => (HostConfig.MemorySwap - HostConfig.Memory) / MiB,
  },
  swappiness: {
    is: 10,
    plan: ({ container }) => container.linuxParameters?.swappiness,
    compose: ({ container }) => container.mem_swappiness,
    inspect: ({ container }) => container.HostConfig.MemorySwappiness,
  },
};

function tmpfs(containerPath: string, options: string) {
  const [size = "", ...mountOptions] = options.split(",");
  return { containerPath, size: mebibytes(size.replace("size=", "")), mountOptions };
}

function device(hostPath: string, containerPath: string, letters: string) {
  const names: Record<string, string> = { r: "read", w: "write", m: "mknod" };
  return { hostPath, containerPath, permissions: [...letters].map((letter) => names[letter]) };
}
