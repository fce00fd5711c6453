import { imageUser } from "@fairlead/model";

import type { CapabilityChanges } from "./capabilities";

/** What a task definition says of a container, as far as it decides whether it starts. What it leaves out is the image's. */
export interface ContainerSettings {
  entryPoint?: string[];
  command?: string[];
  /** Folder that the program starts in. */
  workingDirectory?: string;
  /** `image` is the image's own, as where there is none, and is told where that is root. */
  user?: string;
  /** Variables that decide how programs are found and started, by name; others are of no use. */
  environment?: Record<string, string>;
  /** Of such variables those whose values ECS reads from Secrets Manager or SSM as it starts the task, by name. None by default. */
  secrets?: string[];
  /** Names of all variables that the task sets, those of its secrets among them. By default it is not known which there are, beyond those above. */
  variables?: string[];
  /** As the task definition has it: `CMD` or `CMD-SHELL` first. `NONE` takes the image's own away. */
  healthCheck?: string[];
  /** Folders that are volumes of the task's, empty ones on Fargate, for its user to write to. */
  writableMounts?: string[];
  /** Folders that the task mounts besides, a file system at most: what lies there is not the image's. None by default. */
  mountPoints?: { containerPath: string; readOnly?: boolean }[];
  /** Whether the image's files can't be written. False by default, ECS's own. */
  readonlyRootFilesystem?: boolean;
  /** Whether an init process starts the command, which takes texts without `#!`, as the C library does. False by default, ECS's own. */
  initProcessEnabled?: boolean;
  /** Port that the program listens on. None by default. */
  containerPort?: number;
  /** As the task definition has it: in `bridge`, Docker's own, everybody may listen on every port. `awsvpc` by default. */
  networkMode?: "awsvpc" | "bridge" | "host";
  /** Docker's default ones by default. */
  capabilities?: CapabilityChanges;
}

/** The part of an image's config that says how it is run. */
export interface ImageConfig {
  Entrypoint?: string[] | null;
  Cmd?: string[] | null;
  User?: string;
  WorkingDir?: string;
  Env?: string[] | null;
  /** Times in nanoseconds. */
  Healthcheck?: { Test?: string[] | null; Interval?: number; Timeout?: number; StartPeriod?: number; Retries?: number } | null;
  Shell?: string[] | null;
  Volumes?: object | null;
}

/** Who runs the program, as the task or else the image says; empty is root. */
export function userOf({ user }: ContainerSettings, { User = "" }: ImageConfig): string {
  return user === undefined || user === "" || user === imageUser ? User : user;
}

/** Program and arguments, as Docker puts them together: an entry point of the task's leaves the image's command out. */
export function argumentsOf({ entryPoint, command }: ContainerSettings, { Entrypoint, Cmd }: ImageConfig): string[] {
  if (entryPoint?.length) return [...entryPoint, ...(command ?? [])];
  return [...(Entrypoint ?? []), ...(command?.length ? command : (Cmd ?? []))];
}

/** What containers get where nobody says PATH. */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The variables that the program gets: the image's, and over them the task's. */
export function environmentOf({ environment = {} }: ContainerSettings, { Env }: ImageConfig): Map<string, string> {
  const ofImage = (Env ?? []).map((variable): [string, string] => {
    const end = variable.indexOf("=");
    return end < 0 ? [variable, ""] : [variable.slice(0, end), variable.slice(end + 1)];
  });
  return new Map([["PATH", defaultPath], ...ofImage, ...Object.entries(environment)]);
}
