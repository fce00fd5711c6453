import type { ContainerDefinition, TaskVolume } from "../task/containerDefinition";
import type { Task } from "../task/task";
import type { ComposeMount, ComposeService, DependencyCondition } from "./model";
import { containerService, networkHolder, taskVolume } from "./names";

/** What a container of a task gets beside its definition. */
export interface ContainerContext {
  image: string;
  build?: ComposeService["build"];
  platform?: string;
  environment: ComposeService["environment"];
  /** What it waits for outside of its task. */
  dependsOn: Record<string, { condition: DependencyCondition }>;
  mounts: ComposeMount[];
  /** The volume that a shared file system is. */
  volumeOf: (volume: TaskVolume) => { volume: string } | undefined;
  /** Folders of the image that are a `VOLUME`. */
  imageVolumes: readonly string[];
  /** CPUs that the machine has; Docker refuses more. */
  cpus: number;
}

/** Of Fargate. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html#ECS-Type-ContainerDefinition-ulimits */
const fargateOpenFiles = { soft: 65_535, hard: 65_535 };

/** A container as ECS would have it made. What it leaves out is the image's own, as there, but for the health check: ECS knows none of an image's. */
export function composeService(task: Task, container: ContainerDefinition, context: ContainerContext): ComposeService {
  const { linuxParameters: { initProcessEnabled, capabilities, sharedMemorySize, tmpfs } = {}, memoryReservation } = container;
  const memory = container.memory ?? task.memoryMiB;
  return {
    image: context.image,
    ...(context.build && { build: context.build }),
    ...(context.platform && { platform: context.platform }),
    ...(container.entryPoint && { entrypoint: container.entryPoint }),
    ...(container.command && { command: container.command }),
    environment: context.environment,
    ...(container.user && { user: container.user }),
    ...(container.workingDirectory && { working_dir: container.workingDirectory }),
    ...(initProcessEnabled && { init: true }),
    ...(container.readonlyRootFilesystem && { read_only: true }),
    ...(capabilities?.add?.length && { cap_add: capabilities.add }),
    ...(capabilities?.drop?.length && { cap_drop: capabilities.drop }),
    ...ulimits(task, container),
    ...(sharedMemorySize && { shm_size: `${sharedMemorySize}m` }),
    ...(tmpfs?.length && {
      tmpfs: tmpfs.map(({ containerPath, size, mountOptions = [] }) => `${containerPath}:${[`size=${size}m`, ...mountOptions].join(",")}`),
    }),
    ...volumes(task, container, context),
    ...(memory && { mem_limit: `${memory}m`, memswap_limit: `${memory}m` }),
    ...(memoryReservation && { mem_reservation: `${memoryReservation}m` }),
    ...(task.cpu && { cpus: Math.min(task.cpu / 1024, context.cpus) }),
    ...(container.cpu && { cpu_shares: Math.max(2, container.cpu) }),
    healthcheck: healthCheck(container),
    stop_grace_period: `${container.stopTimeout ?? 30}s`,
    restart: task.kind === "service" && container.essential !== false ? "unless-stopped" : "no",
    depends_on: { [networkHolder(task.name)]: { condition: "service_started" }, ...siblings(task, container), ...context.dependsOn },
    network_mode: `service:${networkHolder(task.name)}`,
    ...(task.kind === "scheduledJob" && { profiles: ["jobs"] }),
    labels: { ...container.dockerLabels, "fairlead.task": task.name, "fairlead.container": container.name },
    logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "2" } },
  };
}

function ulimits({ networkMode }: Task, container: ContainerDefinition): Pick<ComposeService, "ulimits"> {
  const given = (container.ulimits ?? []).map(({ name, softLimit, hardLimit }) => [name, { soft: softLimit, hard: hardLimit }] as const);
  const all = Object.fromEntries([...(networkMode === "awsvpc" ? [["nofile", fargateOpenFiles] as const] : []), ...given]);
  return Object.keys(all).length > 0 ? { ulimits: all } : {};
}

function volumes(
  { name, volumes }: Task,
  { mountPoints = [] }: ContainerDefinition,
  context: ContainerContext,
): Pick<ComposeService, "volumes"> {
  const mounts = mountPoints.map(({ sourceVolume, containerPath, readOnly }): ComposeMount => {
    const volume = volumes.find((each) => each.name === sourceVolume) ?? { name: sourceVolume };
    const shared = context.volumeOf(volume)?.volume;
    // On Fargate nothing is in it but where the image says `VOLUME`; Docker would put in what the image has there.
    const isDeclared = context.imageVolumes.some((path) => normal(path) === normal(containerPath));
    return {
      type: "volume",
      source: shared ?? taskVolume(name, sourceVolume),
      target: containerPath,
      ...(readOnly && { read_only: true }),
      ...(!isDeclared && { volume: { nocopy: true } }),
    };
  });
  const all = [...mounts, ...context.mounts];
  return all.length > 0 ? { volumes: all } : {};
}

const normal = (path: string) => path.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "");

function healthCheck({ healthCheck }: ContainerDefinition): NonNullable<ComposeService["healthcheck"]> {
  if (!healthCheck) return { disable: true };
  const { command, interval = 30, timeout = 5, retries = 3, startPeriod } = healthCheck;
  return {
    test: command,
    interval: `${interval}s`,
    timeout: `${timeout}s`,
    retries,
    ...(startPeriod && { start_period: `${startPeriod}s` }),
  };
}

const conditions = {
  START: "service_started",
  HEALTHY: "service_healthy",
  SUCCESS: "service_completed_successfully",
  // Compose knows no end with another exit code.
  COMPLETE: "service_completed_successfully",
} as const;

function siblings(task: Task, { dependsOn = [] }: ContainerDefinition): NonNullable<ComposeService["depends_on"]> {
  return Object.fromEntries(
    dependsOn.map(({ containerName, condition }) => [containerService(task, containerName), { condition: conditions[condition] }]),
  );
}
