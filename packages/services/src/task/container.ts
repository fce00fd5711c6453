import type { SecretReference } from "@fairlead/foundation";
import type { CpuArchitecture, PlatformOf } from "@fairlead/model";
import type { RunnableOn } from "@fairlead/registry";
import type * as pulumi from "@pulumi/pulumi";

/** State of another container that one waits for. */
export type ContainerCondition = "START" | "COMPLETE" | "SUCCESS" | "HEALTHY";

/**
 * Health check that ECS runs inside a container.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */
export interface ContainerHealthCheckArgs {
  /** Program and arguments; `["CMD-SHELL", "…"]` needs a shell in the image. Exit code 0 is healthy. `["NONE"]` is no check, not the image's own either. */
  command: string[];
  /** Seconds between two checks; 5 to 300. 15 by default, as the load balancer's. */
  intervalSeconds?: number;
  /** Seconds after which a check has failed; 2 to 60 and less than the interval. 5 by default. */
  timeoutSeconds?: number;
  /** Failures in a row that make it unhealthy; 1 to 10. 3 by default, ECS's own. */
  retries?: number;
  /** Seconds after the start in which failures don't count; 0 to 300. 30 by default: most programs serve by then. */
  startPeriodSeconds?: number;
}

/** A limit of the container's processes. On Fargate `nofile` alone can be set. */
export interface Ulimit {
  name: string;
  softLimit: number;
  hardLimit: number;
}

/** A volume of the task's at a folder of a container. */
export interface MountPoint {
  /** Letters, digits, hyphens and underscores; at most 255. */
  sourceVolume: string;
  containerPath: string;
  /** False by default. */
  readOnly?: boolean;
}

/** One container of a task for tasks of the CPU architecture `A`. */
export interface ContainerArgs<A extends CpuArchitecture> {
  /** Must cover the task's platform; one that doesn't is a compile error, or a preview error where the types don't know. */
  image: RunnableOn<PlatformOf<A>>;
  /**
   * Login with which ECS pulls the image, where its registry is private and not ECR: a secret with JSON of username and password. None by default. Whoever runs
   * `up` reads the image with a login of their own (`docker login`).
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html
   */
  repositoryCredentials?: SecretReference;
  /** Port that the program listens on. None by default. */
  containerPort?: number;
  /** `tcp` by default. */
  protocol?: "tcp" | "udp";
  /** What Service Connect measures on the port. `http` where the service uses Service Connect. */
  appProtocol?: "http" | "http2" | "grpc";
  entryPoint?: string[];
  command?: string[];
  /**
   * Folder that the program starts in, from `/`. By default the `WORKDIR` of the image's Dockerfile.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
   */
  workingDirectory?: string;
  environment?: Record<string, pulumi.Input<string>>;
  /** Environment variables whose values ECS reads from Secrets Manager or SSM as it starts the task. */
  secrets?: Record<string, SecretReference>;
  /** Whether the task ends with this container. True by default, ECS's own. */
  essential?: boolean;
  /**
   * User, or `user:group`. `1000:1000` by default: a number needs no entry in the image's /etc/passwd, and is not root. `image` for the USER of the image's
   * Dockerfile; where that names none it is root, which the image's inspection tells.
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-20
   */
  user?: string;
  /** True by default: what breaks in can't leave anything behind. Declare what must be written as `writableMounts`. */
  readonlyRootFilesystem?: boolean;
  /**
   * Folders that can be written, each a volume that goes with the task. None by default. On Fargate the volume begins as a copy of the image's
   * folder, with its owner and mode, if the Dockerfile declares that as a `VOLUME`; else it is empty and root's alone, of which `up`
   * warns for another `user`.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
   */
  writableMounts?: string[];
  /**
   * Folders that it shares with other containers of the task: those that name the same `sourceVolume`. A volume goes with the task, unless it has the name of a
   * file system that the task is bound to. None by default.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html
   */
  mountPoints?: MountPoint[];
  /**
   * By default that of the image's Dockerfile, which ECS itself passes over, where the container is the task's own and runs the image's command; of
   * sidecars none.
   */
  healthCheck?: ContainerHealthCheckArgs;
  /** Seconds between SIGTERM and SIGKILL; 2 to 120 on Fargate. 30 by default, ECS's own. */
  stopTimeoutSeconds?: number;
  ulimits?: Ulimit[];
  /** An init process that reaps zombies and forwards signals. True by default: few programs do it themselves. */
  initProcessEnabled?: boolean;
  /** Containers that must be in a state before this one starts. */
  dependsOn?: Record<string, ContainerCondition>;
  /**
   * Labels of the container, which agents such as a log router read. None by default.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
   */
  dockerLabels?: Record<string, string>;
  /** CPU units of the task's that are the container's own. All share what is left by default. */
  cpu?: number;
  /** Memory in MiB at which it is killed. The task's by default. */
  memoryMiB?: number;
  /** Makes it the task's log router. */
  firelensConfiguration?: { type: "fluentbit" | "fluentd"; options?: Record<string, string> };
}
