import type { TaskHealthCheck } from "@fairlead/inspection";

/** A container as it is to be started. What is left out is the image's own. */
export interface ContainerRun {
  entryPoint?: string[];
  command?: string[];
  user?: string;
  workingDirectory?: string;
  environment: Record<string, string>;
  readonlyRootFilesystem: boolean;
  mounts: RunMount[];
  /** At which it is killed. No limit by default. */
  memoryMiB?: number;
  /** 1,024 are one CPU. No limit by default. */
  cpu?: number;
  initProcessEnabled: boolean;
  ulimits: { name: string; softLimit: number; hardLimit: number }[];
  capabilities: { add: string[]; drop: string[] };
  stopTimeoutSeconds?: number;
  healthCheck?: TaskHealthCheck;
  /** TCP port that something is to listen on. */
  containerPort?: number;
  /** Whether its end with exit code 0 is what it is for. */
  isJob: boolean;
  withheld: Withheld;
}

/** A folder that the container finds mounted. */
export interface RunMount {
  containerPath: string;
  readOnly: boolean;
  /**
   * What is in it. `empty`: on Fargate nothing, root's alone, or a copy of the image's folder where that is a `VOLUME`. `copy`: always the copy, as on
   * instances. `shared`: a file system of others, for which an empty folder stands that everyone may write to.
   */
  kind: "empty" | "copy" | "shared";
}

/** What the task has on ECS, and a run here has not. That it has no network goes for all. */
export interface Withheld {
  /** Whether no task is known, and with it no variables, which many images ask for. */
  task: boolean;
  /** Variables whose secrets nobody read. */
  secrets: string[];
  /** Variables whose values come from resources: nobody knows them before `up`. */
  outputs: string[];
  /** Folders of shared file systems. */
  fileSystems: string[];
  /** Other containers of the task. */
  sidecars: string[];
  /** What of the task definition has no counterpart here. */
  settings: string[];
}

/** Stands in values that are not known before the task runs. */
export const placeholderHost = "not-known.fairlead.invalid";

/**
 * A text that stands where a secret would, or what is known only after apply: of the form that its name promises, so that a program that looks at no more
 * than that goes on.
 *
 * @param name of the variable, or of a resource's attribute
 */
export function placeholder(name: string): string {
  if (/ur[il]$/i.test(name)) return `https://${placeholderHost}/not-known`;
  if (/port$/i.test(name)) return "65535";
  if (/arn$/i.test(name)) return "arn:aws:iam::000000000000:role/not-known";
  return placeholderHost;
}

/** A container of an image as it is, without a task. */
export function runOfImage(settings: Pick<ContainerRun, "entryPoint" | "command" | "user">, healthCheck?: TaskHealthCheck): ContainerRun {
  return {
    ...settings,
    environment: {},
    readonlyRootFilesystem: false,
    mounts: [],
    initProcessEnabled: false,
    ulimits: [],
    capabilities: { add: [], drop: [] },
    healthCheck,
    isJob: false,
    withheld: { task: true, secrets: [], outputs: [], fileSystems: [], sidecars: [], settings: [] },
  };
}
