import type { Schedule } from "../schedule/nextRun";
import type { ContainerDefinition, TaskVolume } from "./containerDefinition";

/** What ECS would start of a plan: a service's task, or a job's. */
export interface Task {
  /** Of the service or the job. */
  name: string;
  kind: "service" | "job" | "scheduledJob";
  /** Of the task definition. */
  urn: string;
  /** Such as `linux/arm64`. */
  platform: string;
  networkMode: "awsvpc" | "bridge" | "host" | "none";
  /** Whether Fargate runs it, whose defaults are others than those of an instance. */
  isOnFargate: boolean;
  /** URN of the role that its programs have; undefined without one, or where it is not of the plan. */
  role?: string;
  /** Whose processes its containers see, where it isn't each its own. */
  pidMode?: "task" | "host";
  /** Units of which 1,024 are one CPU. */
  cpu?: number;
  memoryMiB?: number;
  containers: [ContainerDefinition, ...ContainerDefinition[]];
  volumes: TaskVolume[];
  /** URNs, or ids of those that are not of the plan. */
  securityGroups: string[];
  /** By which others find it: `api.dev.internal` of Cloud Map, `api` of Service Connect. */
  names: DiscoveryName[];
  /** Whether it finds names of Service Connect. */
  isClientOfServiceConnect: boolean;
  /** Target groups that it registers in. */
  registrations: { targetGroup: string; port: number }[];
  /** Services that it must have ended before, with exit code 0. */
  before: string[];
  /** When it runs, where it is a scheduled job: `cron(0 3 * * ? *)`. */
  schedule?: Schedule;
  /** How its image is built; undefined where it exists. */
  build?: TaskBuild;
  /** What the manifest says of it, below the root. */
  file?: string;
}

/** A name, and who finds it. */
export interface DiscoveryName {
  name: string;
  /** Names of Service Connect are found by its clients alone, those of Cloud Map by everybody in the VPC. */
  by: "serviceConnect" | "cloudMap";
  /** Where Service Connect answers on another port than the container's. */
  port?: number;
  /** Name of the container's port that answers for it, of Service Connect. */
  portName?: string;
}

/** How an image is built. Paths begin at the repository. */
export interface TaskBuild {
  context: string;
  dockerfile: string;
  target?: string;
  args: Record<string, string>;
  /** Id → the variable of whoever builds that has its value. */
  secrets: Record<string, string>;
  ssh: string[];
  /** Another one for other sources: `1.0.0-3f2a1bc84d0e`. */
  tag: string;
}
