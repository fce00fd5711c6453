import type { Statement } from "@fairlead/foundation";
import type { CpuArchitecture } from "@fairlead/model";
import type { ServiceLogGroup } from "@fairlead/observability";
import type { AdmissionArgs } from "@fairlead/registry";
import type * as ecs from "@pulumi/aws/ecs";

import type { ContainerArgs } from "./container";
import type { TaskFeature } from "./taskFeature";
import type { ExecuteCommandTarget } from "./taskRoles";

/** Arguments of `TaskDefinition`. */
export interface TaskDefinitionArgs<A extends CpuArchitecture> {
  /** Family, under which ECS counts revisions; at most 255 letters, digits, `-` and `_`. */
  family: string;
  /** CPU architecture of the task. Its images are checked against the same value. */
  cpuArchitecture: A;
  /**
   * What it can run on. `FARGATE` by default, which the managed instances of ECS take as well. `EC2` for instances of your own.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#requires_compatibilities
   */
  compatibility?: "FARGATE" | "EC2";
  /** `awsvpc` by default: a network interface and a security group of its own. `bridge` and `host` exist on EC2 only. */
  networkMode?: "awsvpc" | "bridge" | "host";
  /** CPU units; 1,024 are one vCPU. On Fargate a size that it offers. */
  cpu: number;
  /** Memory in MiB. On Fargate a size that it offers for `cpu`. */
  memoryMiB: number;
  /** Disk of a Fargate task in GiB; 21 to 200. 20 by default, Fargate's own, which can't be asked for by number. */
  ephemeralStorageGiB?: number;
  /** Containers by name, at most 10 with the features' sidecars. */
  containers: Record<string, ContainerArgs<NoInfer<A>>>;
  /** What the task has besides: tracing, a log router, what it is bound to… */
  features?: TaskFeature[];
  /** What the program may do in AWS. Nothing by default. */
  taskRoleStatements?: Statement[];
  /**
   * Cluster in which `aws ecs execute-command` may open a shell in its tasks. None by default. SSM's agent writes to the root file system, so
   * the containers need `readonlyRootFilesystem: false`.
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-considerations
   */
  executeCommand?: ExecuteCommandTarget;
  /** What the images of all its containers must meet before it is registered. Nothing by default. */
  admission?: AdmissionArgs;
  /**
   * Whether its tasks get the variables that stand here and no others. Then an image that needs one which nobody sets is refused before it is
   * registered. False by default: `transform`, or `containerOverrides` of whoever starts them, may add some.
   */
  hasAllVariables?: boolean;
  logGroup: ServiceLogGroup;
  region: string;
  /** Changes the arguments of the task definition just before it is created. */
  transform?: (args: ecs.TaskDefinitionArgs) => ecs.TaskDefinitionArgs;
}
