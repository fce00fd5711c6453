import type { Plan } from "@fairlead/plan";
import { parse } from "yaml";

import type { ComposeFile, ComposeService } from "../src/compose/model";
import type { ContainerDefinition } from "../src/task/containerDefinition";

/** A container of a task of {@link propertiesPlan}. */
export interface Place {
  task: string;
  container: string;
}

/** What of `docker inspect` is compared. @see https://docs.docker.com/reference/api/engine/ */
export interface Inspected {
  Id: string;
  Config: {
    Entrypoint: string[] | null;
    Cmd: string[] | null;
    Env: string[];
    User: string;
    WorkingDir: string;
    StopTimeout?: number;
    Hostname: string;
    Tty: boolean;
    OpenStdin: boolean;
    Labels: Record<string, string>;
    Healthcheck?: { Test: string[]; Interval?: number; Timeout?: number; Retries?: number; StartPeriod?: number };
  };
  HostConfig: {
    ReadonlyRootfs: boolean;
    Init?: boolean | null;
    Privileged: boolean;
    CapAdd: string[] | null;
    CapDrop: string[] | null;
    SecurityOpt: string[] | null;
    ShmSize: number;
    Tmpfs?: Record<string, string>;
    Memory: number;
    MemorySwap: number;
    MemorySwappiness: number | null;
    MemoryReservation: number;
    NanoCpus: number;
    CpuShares: number;
    Ulimits: { Name: string; Soft: number; Hard: number }[] | null;
    Sysctls?: Record<string, string>;
    ExtraHosts: string[] | null;
    Dns: string[] | null;
    DnsSearch: string[] | null;
    Devices: { PathOnHost: string; PathInContainer: string; CgroupPermissions: string }[] | null;
    NetworkMode: string;
    PidMode: string;
    PortBindings: Record<string, unknown> | null;
    RestartPolicy: { Name: string };
    LogConfig: { Type: string };
    VolumesFrom: string[] | null;
    Mounts?: { Target: string; VolumeOptions?: { NoCopy?: boolean } }[];
  };
  Mounts: { Type: string; Name?: string; Destination: string; RW: boolean }[];
  NetworkSettings: { Networks: Record<string, { Aliases: string[] | null }> };
  State: {
    Status: string;
    StartedAt: string;
    FinishedAt: string;
    ExitCode: number;
    Health?: { Log: { End: string; ExitCode: number }[] };
  };
  /** Of its image: `linux/amd64`. */
  platform: string;
}

/** A container as its task definition says it, with ECS's names and units. */
export interface PlanView {
  container: ContainerDefinition;
  definition: Record<string, unknown>;
  plan: Plan;
}

/** The same in the Compose file. */
export interface ComposeView {
  container: ComposeService;
  /** Of its task's network. */
  holder: ComposeService;
  file: ComposeFile;
}

/** The same as it runs. */
export interface InspectView {
  container: Inspected;
  holder: Inspected;
  /** By the name of their services. */
  all: Readonly<Record<string, Inspected>>;
}

/** A property in three places, each read into ECS's units. */
export interface Property extends Place {
  /** ECS's own. */
  name: string;
  /** What all three have to be. */
  is: unknown;
  plan: (view: PlanView) => unknown;
  compose: (view: ComposeView) => unknown;
  inspect: (view: InspectView) => unknown;
}

/** What of a property the three places are asked for. */
export type Readings = Pick<Property, "is" | "plan" | "compose" | "inspect">;

/** The Compose file as Compose reads its text. A secret that is filled in later is `${NAME?…}` there, and its name here. */
export function readCompose(text: string): ComposeFile {
  const undone = (value: unknown): unknown => {
    if (typeof value === "string") return /^\$\{(\w+)\?.*\}$/.exec(value)?.[1] ?? value.replaceAll("$$", "$");
    if (Array.isArray(value)) return value.map(undone);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, undone(item)]));
  };
  return undone(parse(text, { version: "1.1" })) as ComposeFile;
}
