import { asList, UserError } from "@fairlead/model";

import type { LocalData } from "../data/model";
import { usesData } from "../data/usesData";
import type { LocalSettings } from "../settings";
import type { ContainerDefinition } from "../task/containerDefinition";
import type { Task, TaskBuild } from "../task/task";
import type { LocalSecrets } from "../values/secrets";
import { unknownHere, type LocalValues } from "../values/resolve";
import { composeService, unmountedVolumes, type ContainerContext } from "./containerService";
import type { ComposePart, ComposeService, DependencyCondition } from "./model";
import { holderService } from "./holderService";
import { containerService, networkHolder, taskVolume } from "./names";
import type { LocalNetworks } from "./networks";
import { composeWatch } from "./watch";

/** What all tasks of an environment share. */
export interface TasksContext {
  settings: LocalSettings;
  networks: LocalNetworks;
  values: LocalValues;
  secrets: LocalSecrets;
  data: readonly LocalData[];
  /** Tasks that must have ended with exit code 0 before one begins. */
  gatesOf: (task: Task) => readonly Task[];
  volumeOf: ContainerContext["volumeOf"];
}

/** The containers of a task, and the one that holds their network. */
export function taskServices(task: Task, context: TasksContext): ComposePart {
  const used = context.data.filter((each) => usesData(task, each));
  const holder = networkHolder(task.name);
  const like = task.containers.find(({ name }) => containerService(task, name) === holder);
  if (like)
    throw new UserError(
      `The container ${like.name} of ${task.name} has the name, in the Compose file, of what holds the task's network, ${holder}: rename the container.`,
    );
  const contexts = task.containers.map((container) => ({ container, own: contextOf(task, container, used, context) }));
  const containers = contexts.map(({ container, own }) => [containerService(task, container.name), composeService(task, container, own)]);
  const declared = contexts.flatMap(({ container, own }) => unmountedVolumes(task, container, own).map(({ source }) => source));
  const named = task.volumes.filter((volume) => !context.volumeOf(volume)).map(({ name }) => taskVolume(task.name, name));
  const volumes = [...named, ...declared].map((name) => [name, {}]);
  return {
    services: { [holder]: holderService(task, context.settings, context.networks), ...Object.fromEntries(containers) },
    ...(volumes.length > 0 && { volumes: Object.fromEntries(volumes) }),
    ...buildSecrets(task),
  };
}

function contextOf(task: Task, container: ContainerDefinition, used: readonly LocalData[], context: TasksContext): ContainerContext {
  const { settings, values, secrets, networks } = context;
  const endpoint = networks.endpointOf(task);
  const platform = settings.platform === "task" ? task.platform : settings.platform;
  // Only the container that has the task's name has its image.
  const build = containerService(task, container.name) === task.name ? task.build : undefined;
  const variables = [
    ...used.flatMap(({ environment }) => Object.entries(environment)),
    ...(container.environment ?? []).map(({ name, value }) => [name, value] as const),
  ];
  // A server that becomes another one leaves nobody's connections, and an emulator may have forgotten its queues: who uses them starts after them. What only has
  // to end, as what makes queues does, leaves who runs alone.
  const awaited = used.flatMap(({ dependsOn }) =>
    Object.entries(dependsOn).map(([name, each]) => [name, endsByItself(each) ? each : { ...each, restart: true }] as const),
  );
  const gates = context.gatesOf(task).map((job) => [job.name, { condition: "service_completed_successfully" as const }]);
  return {
    image: build ? buildImageName(task.name, build.tag, platform) : imageThatIs(task, container, values.text(container.image, endpoint)),
    ...(build && { build: composeBuild(task, build), develop: { watch: composeWatch(build, settings.buildSources(build)) } }),
    ...(platform && { platform }),
    environment: {
      ...Object.fromEntries(variables.map(([name, value]) => [name, values.text(value, endpoint)])),
      ...Object.fromEntries((container.secrets ?? []).map((secret) => [secret.name, secrets.of(task, secret)])),
    },
    dependsOn: Object.fromEntries([...awaited, ...gates]),
    mounts: used.flatMap(({ mounts }) => mounts),
    volumeOf: context.volumeOf,
    imageVolumes: build ? settings.imageVolumes(build) : [],
    cpus: settings.cpus,
    openFiles: settings.openFiles,
  };
}

const endsByItself = ({ condition }: { condition: DependencyCondition }) => condition === "service_completed_successfully";

/** @throws UserError where AWS alone knows it: the engine would say that it can't be pulled */
function imageThatIs(task: Task, container: ContainerDefinition, image: string): string {
  if (!image.includes(unknownHere)) return image;
  throw new UserError(
    `The image of the container ${container.name} of ${task.name} is ${String(container.image)}: that is known to AWS alone, so that nothing can be pulled. ` +
      "Give the service a `build`, or the image by an address that is known before apply, such as `public.ecr.aws/docker/library/nginx:1.29`.",
  );
}

/**
 * The image of a task that is built: another name for other sources, so that what is there already is not built again.
 *
 * @param platform where it is not the machine's own
 */
export function buildImageName(task: string, tag: string, platform?: string): string {
  return `fairlead.local/${task}:${[tag, ...(platform ? [platform.replaceAll("/", "-")] : [])].join("-")}`;
}

function composeBuild(task: Task, { context, dockerfile, target, args, secrets, ssh }: TaskBuild): ComposeService["build"] {
  const ids = Object.keys(secrets).map((id) => ({ source: buildSecret(task.name, id), target: id }));
  return {
    context: `./${context}`,
    dockerfile: relativeTo(context, dockerfile),
    ...(target && { target }),
    ...(Object.keys(args).length > 0 && { args }),
    ...(ids.length > 0 && { secrets: ids }),
    ...(asList(ssh).length > 0 && { ssh }),
  };
}

const buildSecret = (task: string, id: string) => `${task}.${id}`;

function buildSecrets({ name, build }: Task): Pick<ComposePart, "secrets"> {
  const all = Object.entries(build?.secrets ?? {}).map(([id, environment]) => [buildSecret(name, id), { environment }]);
  return all.length > 0 ? { secrets: Object.fromEntries(all) } : {};
}

/** Compose reads the Dockerfile's path from the context. */
function relativeTo(context: string, dockerfile: string): string {
  if (dockerfile.startsWith(`${context}/`)) return dockerfile.slice(context.length + 1);
  const up = context === "." || context === "" ? [] : context.split("/").map(() => "..");
  return [...up, dockerfile].join("/");
}
