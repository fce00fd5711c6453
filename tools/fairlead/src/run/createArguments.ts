import type { ContainerRun, RunMount } from "./containerRun";

/** What of image and engine decides how a container is made. */
export interface CreateContext {
  /** Of the image, for the engine. */
  image: string;
  container: string;
  platform: string;
  /** `Env` of the image's config. */
  imageEnvironment: readonly string[];
  /** `VOLUME`s of the image. */
  imageVolumes: readonly string[];
  isPodman: boolean;
  /** Of the engine's machine: it refuses to give more. */
  cpus: number;
  isEmulated: boolean;
}

/** Docker's client gives these of its own configuration to containers, and logins with them. */
export const proxyVariables = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/** The words of `docker create` for a container as ECS would have it made, without a network. */
export function createArguments(run: ContainerRun, context: CreateContext): string[] {
  const { isPodman, isEmulated } = context;
  const [program, ...words] = run.entryPoint ?? [];
  return [
    "create",
    `--name=${context.container}`,
    `--platform=${context.platform}`,
    "--network=none",
    // ECS knows none but the task definition's, which is run from outside.
    "--no-healthcheck",
    // Some drivers let nobody read what was written.
    ...(isPodman ? [] : ["--log-driver=json-file", "--log-opt=max-size=4m"]),
    ...(run.user ? [`--user=${run.user}`] : []),
    ...(run.workingDirectory ? [`--workdir=${run.workingDirectory}`] : []),
    ...(run.readonlyRootFilesystem ? ["--read-only", ...(isPodman ? ["--read-only-tmpfs=false"] : [])] : []),
    ...run.mounts.flatMap((mount) => mountArguments(mount, context.imageVolumes)),
    // Without swap, as on Fargate.
    ...(run.memoryMiB ? [`--memory=${run.memoryMiB}m`, `--memory-swap=${run.memoryMiB}m`] : []),
    // An emulator needs many times what the program would.
    ...(run.cpu && !isEmulated ? [`--cpus=${Math.min(run.cpu / 1024, context.cpus)}`] : []),
    ...(run.initProcessEnabled ? ["--init"] : []),
    ...run.ulimits.map(({ name, softLimit, hardLimit }) => `--ulimit=${name}=${softLimit}:${hardLimit}`),
    ...run.capabilities.add.map((name) => `--cap-add=${name}`),
    ...run.capabilities.drop.map((name) => `--cap-drop=${name}`),
    ...(run.stopTimeoutSeconds === undefined ? [] : [`--stop-timeout=${run.stopTimeoutSeconds}`]),
    ...environmentArguments(run, context.imageEnvironment),
    ...(program === undefined ? [] : [`--entrypoint=${program}`]),
    context.image,
    ...words,
    ...(run.command ?? []),
  ];
}

function environmentArguments({ environment }: ContainerRun, ofImage: readonly string[]): string[] {
  // One without a value is taken from the caller's environment, where it is not, or away.
  const proxies = proxyVariables
    .filter((name) => !(name in environment))
    .map((name) => `--env=${ofImage.find((variable) => variable.startsWith(`${name}=`)) ?? name}`);
  return [...proxies, ...Object.entries(environment).map(([name, value]) => `--env=${name}=${value}`)];
}

function mountArguments({ containerPath, readOnly, kind }: RunMount, imageVolumes: readonly string[]): string[] {
  const isDeclared = imageVolumes.some((path) => normal(path) === normal(containerPath));
  const fields = [
    `type=${kind === "shared" ? "tmpfs" : "volume"}`,
    `target=${containerPath}`,
    ...(kind === "shared" ? ["tmpfs-mode=1777"] : []),
    ...(kind === "empty" && !isDeclared ? ["volume-nocopy"] : []),
    ...(readOnly ? ["readonly"] : []),
  ];
  return [`--mount=${fields.map((field) => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(",")}`];
}

function normal(path: string): string {
  return path.replace(/\/+/g, "/").replace(/(?<=.)\/$/, "");
}
