/**
 * One container of a task, with ECS's own names and units.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export interface ContainerDefinition {
  name: string;
  image: string;
  command?: string[];
  entryPoint?: string[];
  environment?: { name: string; value: string }[];
  /** `valueFrom` is an ARN of Secrets Manager, with a JSON key and a version after it, or of Parameter Store. */
  secrets?: { name: string; valueFrom: string }[];
  /** Whether the task ends with it. True by default. */
  essential?: boolean;
  /** Of a container that starts again by itself, without its task. It does after each end, but for those with these exit codes. */
  restartPolicy?: { enabled: boolean; ignoredExitCodes?: number[]; restartAttemptPeriod?: number };
  dependsOn?: { containerName: string; condition: "START" | "COMPLETE" | "SUCCESS" | "HEALTHY" }[];
  /** Seconds. */
  healthCheck?: { command: string[]; interval?: number; timeout?: number; retries?: number; startPeriod?: number };
  linuxParameters?: {
    initProcessEnabled?: boolean;
    capabilities?: { add?: string[]; drop?: string[] };
    /** MiB. */
    sharedMemorySize?: number;
    /** Sizes in MiB. */
    tmpfs?: { containerPath: string; size: number; mountOptions?: string[] }[];
    devices?: { hostPath: string; containerPath?: string; permissions?: ("read" | "write" | "mknod")[] }[];
    /** MiB beside its memory. Of instances alone. */
    maxSwap?: number;
    /** 0–100; counts where there is swap. */
    swappiness?: number;
  };
  logConfiguration?: { logDriver: string; options?: Record<string, string> };
  firelensConfiguration?: object;
  /** MiB at which it is killed. */
  memory?: number;
  /** MiB. */
  memoryReservation?: number;
  /** Shares of which 1,024 are one CPU. */
  cpu?: number;
  mountPoints?: { sourceVolume: string; containerPath: string; readOnly?: boolean }[];
  portMappings?: { containerPort: number; hostPort?: number; name?: string; protocol?: "tcp" | "udp"; appProtocol?: string }[];
  privileged?: boolean;
  readonlyRootFilesystem?: boolean;
  /** Seconds. */
  stopTimeout?: number;
  systemControls?: { namespace: string; value: string }[];
  ulimits?: { name: string; softLimit: number; hardLimit: number }[];
  user?: string;
  workingDirectory?: string;
  dockerLabels?: Record<string, string>;
  dockerSecurityOptions?: string[];
  extraHosts?: { hostname: string; ipAddress: string }[];
  volumesFrom?: { sourceContainer: string; readOnly?: boolean }[];
  pseudoTerminal?: boolean;
  interactive?: boolean;
  /** Of instances alone, as are the four below. */
  hostname?: string;
  /** `container`, or `container:alias`. */
  links?: string[];
  dnsServers?: string[];
  dnsSearchDomains?: string[];
  disableNetworking?: boolean;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Volume.html */
export interface TaskVolume {
  name: string;
  efsVolumeConfiguration?: EfsVolumeConfiguration;
  host?: { sourcePath?: string };
}

/** A folder of a file system of EFS. Ids are texts or references of the plan. */
export interface EfsVolumeConfiguration {
  fileSystemId: unknown;
  rootDirectory?: string;
  authorizationConfig?: { accessPointId?: unknown };
}
