import * as ecs from "@pulumi/aws/ecs";
import type { ServiceLogGroup } from "@fairlead/observability";
import { platformOf, type CpuArchitecture, type PlatformOf, type RunnableOn } from "@fairlead/registry";
import * as pulumi from "@pulumi/pulumi";

import { containerDefinitionsJson } from "./containerDefinitions";
import { validateTaskDefinition } from "./taskDefinitionChecks";
import { executionRole, taskRole } from "./taskRoles";

/** One container of a task for tasks of the CPU architecture `A`. */
export interface ContainerArgs<A extends CpuArchitecture> {
  /** Must cover the task's platform; one that doesn't is a compile error, or a preview error where the types don't know. */
  image: RunnableOn<PlatformOf<A>>;
  /** Port that the program listens on. None by default. */
  containerPort?: number;
  environment?: Record<string, pulumi.Input<string>>;
  /** Seconds between SIGTERM and SIGKILL; 2 to 120 on Fargate. 30 by default, ECS's own. */
  stopTimeoutSeconds?: number;
}

/** Arguments of {@link TaskDefinition}. */
export interface TaskDefinitionArgs<A extends CpuArchitecture> {
  /** Family, under which ECS counts revisions; at most 255 letters, digits, `-` and `_`. */
  family: string;
  /** CPU architecture of the task. Its images are checked against the same value. */
  cpuArchitecture: A;
  /** CPU units; 1,024 are one vCPU. A size that Fargate offers. */
  cpu: number;
  /** Memory in MiB. A size that Fargate offers for `cpu`. */
  memoryMiB: number;
  /** Containers by name, at most 10. */
  containers: Record<string, ContainerArgs<NoInfer<A>>>;
  logGroup: ServiceLogGroup;
  region: string;
  /** Changes the arguments of the task definition just before it is created. */
  transform?: (args: ecs.TaskDefinitionArgs) => ecs.TaskDefinitionArgs;
}

/**
 * A Fargate task definition whose images run on its CPU architecture, with an execution role and a task role of its own.
 *
 * @example
 * ```ts
 * const task = new TaskDefinition("api", {
 *   family: "dev-api", cpuArchitecture: "ARM64", cpu: 256, memoryMiB: 512, logGroup, region: "us-east-1",
 *   containers: { api: { image, containerPort: 3000 } },
 * });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class TaskDefinition<A extends CpuArchitecture> extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  readonly taskRoleName: pulumi.Output<string>;
  readonly cpuArchitecture: A;

  constructor(name: string, args: TaskDefinitionArgs<A>, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:TaskDefinition", name, {}, options);
    validateTaskDefinition(name, args);
    const parent = { parent: this };
    const containers = Object.entries(args.containers).sort(([a], [b]) => (a < b ? -1 : 1));
    const execution = executionRole(
      name,
      { repositoryArns: containers.map(([, container]) => container.image.repository.arn), logGroupArn: args.logGroup.arn },
      parent,
    );
    const task = taskRole(name, parent);
    const containerDefinitions = pulumi
      .all([
        args.logGroup.name,
        pulumi.all(containers.map(([, container]) => container.image.reference)),
        pulumi.all(containers.map(([, container]) => pulumi.output(container.environment ?? {}))),
      ])
      .apply(([logGroupName, images, environments]) =>
        containerDefinitionsJson(
          containers.map(([containerName, container], index) => ({
            name: containerName,
            image: images[index]!,
            containerPort: container.containerPort,
            environment: environments[index]!,
            stopTimeoutSeconds: container.stopTimeoutSeconds ?? 30,
            logGroupName,
            region: args.region,
          })),
        ),
      );
    const base: ecs.TaskDefinitionArgs = {
      family: args.family,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(args.cpu),
      memory: String(args.memoryMiB),
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: args.cpuArchitecture },
      executionRoleArn: execution.arn,
      taskRoleArn: task.arn,
      containerDefinitions,
    };
    // Old revisions stay registered: ECS rolls back to the one that ran before, and a deregistered one can't start tasks.
    const definition = new ecs.TaskDefinition(name, args.transform?.(base) ?? base, { parent: this, retainOnDelete: true });
    this.arn = definition.arn;
    this.taskRoleName = task.name;
    this.cpuArchitecture = args.cpuArchitecture;
    this.registerOutputs({ arn: this.arn, platform: platformOf(args.cpuArchitecture) });
  }
}
