import type { ContainerDefinition, TaskVolume } from "../task/containerDefinition";
import type { Task } from "../task/task";
import { containerResources } from "./containerResources";
import { isOfNetwork, sysctls } from "./holderService";
import type { ComposeMount, ComposeService } from "./model";
import { containerService, imageVolume, networkHolder, taskVolume } from "./names";
import { boundedLog } from "./upkeep";

/** What a container of a task gets beside its definition. */
export interface ContainerContext {
  image: string;
  build?: ComposeService["build"];
  develop?: ComposeService["develop"];
  platform?: string;
  environment: ComposeService["environment"];
  /** What it waits for outside of its task. */
  dependsOn: NonNullable<ComposeService["depends_on"]>;
  mounts: ComposeMount[];
  /** The volume that a shared file system is. */
  volumeOf: (volume: TaskVolume) => { volume: string } | undefined;
  /** Folders of the image that are a `VOLUME`. */
  imageVolumes: readonly string[];
  /** @see LocalSettings */
  cpus: number;
  /** @see LocalSettings */
  openFiles?: number;
}

/** A container as ECS would have it made. What it leaves out is the image's own, as there, but for the health check: ECS knows none of an image's. */
export function composeService(task: Task, container: ContainerDefinition, context: ContainerContext): ComposeService {
  const { linuxParameters: { initProcessEnabled, capabilities } = {} } = container;
  const controls = (container.systemControls ?? []).filter((control) => !isOfNetwork(control));
  return {
    image: context.image,
    ...(context.build && { build: context.build }),
    ...(context.develop && { develop: context.develop }),
    ...(context.platform && { platform: context.platform }),
    ...(container.entryPoint?.length && { entrypoint: container.entryPoint }),
    ...(container.command?.length && { command: container.command }),
    environment: context.environment,
    ...(container.user && { user: container.user }),
    ...(container.workingDirectory && { working_dir: container.workingDirectory }),
    ...(initProcessEnabled && { init: true }),
    ...(container.readonlyRootFilesystem && { read_only: true }),
    ...(capabilities?.add?.length && { cap_add: capabilities.add }),
    ...(capabilities?.drop?.length && { cap_drop: capabilities.drop }),
    ...(container.privileged && { privileged: true }),
    ...(container.dockerSecurityOptions?.length && { security_opt: container.dockerSecurityOptions }),
    ...(container.pseudoTerminal && { tty: true }),
    ...(container.interactive && { stdin_open: true }),
    ...(controls.length > 0 && { sysctls: sysctls(controls) }),
    ...containerResources(task, container, context),
    ...volumes(task, container, context),
    healthcheck: healthCheck(container),
    stop_grace_period: `${container.stopTimeout ?? 30}s`,
    restart: restart(task, container),
    // Without `restart` a holder that Compose restarts would leave the container in a network that is no more.
    depends_on: {
      [networkHolder(task.name)]: { condition: "service_started", restart: true },
      ...siblings(task, container),
      ...context.dependsOn,
    },
    ...(task.pidMode && { pid: task.pidMode === "host" ? "host" : `service:${networkHolder(task.name)}` }),
    network_mode: container.disableNetworking ? "none" : `service:${networkHolder(task.name)}`,
    ...(task.kind === "scheduledJob" && { profiles: ["jobs"] }),
    labels: { ...container.dockerLabels, "fairlead.task": task.name, "fairlead.container": container.name },
    ...boundedLog,
  };
}

/** ECS starts a task anew when an essential container ends, and a single container by its own policy. */
function restart({ kind }: Task, { essential, restartPolicy }: ContainerDefinition): string {
  if (kind !== "service") return "no";
  if (!restartPolicy?.enabled) return essential === false ? "no" : "unless-stopped";
  return restartPolicy.ignoredExitCodes?.includes(0) ? "on-failure" : "unless-stopped";
}

function volumes(task: Task, container: ContainerDefinition, context: ContainerContext): Pick<ComposeService, "volumes" | "volumes_from"> {
  const { mountPoints = [], volumesFrom = [] } = container;
  // Compose forgets that what comes from another container is to be read alone: such mounts are here once more.
  const readAlone = volumesFrom
    .filter(({ readOnly }) => readOnly)
    .flatMap(({ sourceContainer }) => task.containers.find(({ name }) => name === sourceContainer)?.mountPoints ?? [])
    .filter(({ containerPath }) => mountPoints.every((own) => own.containerPath !== containerPath))
    .map((point) => ({ ...point, readOnly: true }));
  const all = [...[...mountPoints, ...readAlone].map((point) => mount(task, point, context)), ...context.mounts];
  // Without a name Docker would make another one each time, and leave it there.
  for (const { source, target } of unmountedVolumes(task, container, context)) all.push({ type: "volume", source, target });
  const from = volumesFrom.map(({ sourceContainer }) => containerService(task, sourceContainer));
  return { ...(all.length > 0 && { volumes: all }), ...(from.length > 0 && { volumes_from: from }) };
}

/** Volumes of the image that no mount point is at. */
export function unmountedVolumes(
  task: Task,
  { name, mountPoints = [], linuxParameters: { tmpfs = [] } = {} }: ContainerDefinition,
  { imageVolumes }: Pick<ContainerContext, "imageVolumes">,
): { source: string; target: string }[] {
  const mounted = new Set([...mountPoints, ...tmpfs].map(({ containerPath }) => normal(containerPath)));
  const folders = [...new Set(imageVolumes.map(normal))].filter((folder) => folder.startsWith("/") && !mounted.has(folder));
  return folders.map((target) => ({ source: imageVolume(containerService(task, name), target), target }));
}

function mount(task: Task, { sourceVolume, containerPath, readOnly }: MountPoint, context: ContainerContext): ComposeMount {
  const shared = context.volumeOf(task.volumes.find(({ name }) => name === sourceVolume) ?? { name: sourceVolume })?.volume;
  // On Fargate nothing is in it but where the image says `VOLUME`; Docker would put in what the image has there.
  const isDeclared = context.imageVolumes.some((path) => normal(path) === normal(containerPath));
  return {
    type: "volume",
    source: shared ?? taskVolume(task.name, sourceVolume),
    target: containerPath,
    ...(readOnly && { read_only: true }),
    ...(!isDeclared && { volume: { nocopy: true } }),
  };
}

type MountPoint = NonNullable<ContainerDefinition["mountPoints"]>[number];

const normal = (path: string) => path.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "");

function healthCheck({ healthCheck }: ContainerDefinition): NonNullable<ComposeService["healthcheck"]> {
  if (!healthCheck) return { disable: true };
  const { command, interval = 30, timeout = 5, retries = 3, startPeriod } = healthCheck;
  return {
    // Compose refuses a program by itself, which ECS takes.
    test: ["CMD", "CMD-SHELL", "NONE"].includes(command[0]!) ? command : ["CMD", ...command],
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
