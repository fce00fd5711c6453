import { resolved, type SecretReference, type Statement } from "@fairlead/foundation";
import { platformOf, type CpuArchitecture } from "@fairlead/model";
import type { ServiceLogGroup } from "@fairlead/observability";
import { ImageInspection, type ImageInspectionArgs } from "@fairlead/registry";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";

import { defaultUser, type ContainerArgs } from "./container";
import { containerDefinitionsJson, type ContainerDefinition } from "./containerDefinitions";
import { validateTaskDefinition } from "./taskDefinitionChecks";
import type { TaskFeature } from "./taskFeature";
import { executeCommandStatements, executionRole, taskRole, type ExecuteCommandTarget } from "./taskRoles";
import { fileSystemMounts, taskVolumes, writableMounts } from "./taskVolumes";

/** Arguments of {@link TaskDefinition}. */
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
  logGroup: ServiceLogGroup;
  region: string;
  /** Changes the arguments of the task definition just before it is created. */
  transform?: (args: ecs.TaskDefinitionArgs) => ecs.TaskDefinitionArgs;
}

/**
 * A task definition whose images run on its CPU architecture, with an execution role and a task role of its own. Containers run as a user
 * without rights on a root file system that can't be written, unless their arguments say otherwise.
 *
 * @example
 * ```ts
 * const task = new TaskDefinition("api", {
 *   family: "dev-api", cpuArchitecture: "ARM64", cpu: 256, memoryMiB: 512, logGroup, region: "us-east-1",
 *   containers: { api: { image, containerPort: 3000 } },
 *   features: [tracing("OTEL")],
 * });
 * ```
 * @throws pulumi.InputPropertiesError with all invalid arguments at once
 */
export class TaskDefinition<A extends CpuArchitecture> extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** Without the revision: what policies name. */
  readonly familyArn: pulumi.Output<string>;
  readonly executionRoleArn: pulumi.Output<string>;
  readonly taskRoleArn: pulumi.Output<string>;
  readonly cpuArchitecture: A;
  readonly networkMode: "awsvpc" | "bridge" | "host";
  readonly enableExecuteCommand: boolean;

  constructor(name: string, args: TaskDefinitionArgs<A>, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:TaskDefinition", name, {}, options);
    const { features = [], compatibility = "FARGATE", networkMode = "awsvpc", executeCommand } = args;
    const containers = allContainers(args, features);
    validateTaskDefinition(name, args, containers);
    const fileSystems = features.flatMap(({ volume }) => volume ?? []);
    const definitions = containers.map((container) => ({
      ...definitionOf(container, container.args.image.pin?.(`${name}-${container.name}`, { parent: this })),
      mounts: [...writableMounts(container.name, container.args.writableMounts), ...(container.own ? fileSystemMounts(fileSystems) : [])],
    }));
    const parent = { parent: this };
    const secrets = containers.flatMap(({ args: container }) => Object.values(container.secrets ?? {}));
    const execution = executionRole(
      name,
      { repositoryArns: containers.flatMap(({ args: { image } }) => image.repositoryArn ?? []), logGroupArn: args.logGroup.arn, secrets },
      parent,
    );
    const task = taskRole(
      name,
      [
        ...(args.taskRoleStatements ?? []),
        ...features.flatMap(({ statements }) => statements ?? []),
        ...(executeCommand ? executeCommandStatements(executeCommand) : []),
      ],
      parent,
    );
    const { logConfiguration } = features.find((feature) => feature.logConfiguration) ?? {};
    const containerDefinitions = resolved({ logGroupName: args.logGroup.name, definitions }).apply((known) =>
      containerDefinitionsJson(known.definitions as ContainerDefinition[], {
        logGroupName: known.logGroupName,
        region: args.region,
        networkMode,
        logConfiguration,
      }),
    );
    const base: ecs.TaskDefinitionArgs = {
      family: args.family,
      requiresCompatibilities: [compatibility],
      networkMode,
      cpu: String(args.cpu),
      memory: String(args.memoryMiB),
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: args.cpuArchitecture },
      executionRoleArn: execution.role.arn,
      taskRoleArn: task.role.arn,
      ephemeralStorage: args.ephemeralStorageGiB ? { sizeInGib: args.ephemeralStorageGiB } : undefined,
      volumes: taskVolumes(
        definitions.flatMap(({ mounts }) => mounts),
        fileSystems,
      ),
      containerDefinitions,
    };
    const inspection = new ImageInspection(
      name,
      { service: name, platform: platformOf(args.cpuArchitecture), containers: inspected(definitions) },
      parent,
    );
    // Old revisions stay registered: ECS rolls back to the one that ran before, and a deregistered one can't start tasks.
    const definition = new ecs.TaskDefinition(name, args.transform?.(base) ?? base, {
      parent: this,
      retainOnDelete: true,
      // A task that starts before its roles have their permissions fails, and with it a job.
      // An image that would not start must not get so far.
      dependsOn: [...execution.policies, ...task.policies, inspection],
    });
    this.arn = definition.arn;
    this.familyArn = definition.arnWithoutRevision;
    this.executionRoleArn = execution.role.arn;
    this.taskRoleArn = task.role.arn;
    this.cpuArchitecture = args.cpuArchitecture;
    this.networkMode = networkMode;
    this.enableExecuteCommand = executeCommand !== undefined;
    this.registerOutputs({ arn: this.arn, platform: platformOf(args.cpuArchitecture) });
  }
}

/** A container of a task; `own` for those that the features' variables are for. */
export interface NamedContainer {
  name: string;
  args: ContainerArgs<CpuArchitecture>;
  own: boolean;
}

function allContainers<A extends CpuArchitecture>(args: TaskDefinitionArgs<A>, features: TaskFeature[]): NamedContainer[] {
  const environment: Record<string, pulumi.Input<string>> = Object.assign({}, ...features.map((feature) => feature.environment));
  const secrets: Record<string, SecretReference> = Object.assign({}, ...features.map((feature) => feature.secrets));
  const own = Object.entries(args.containers).map(([name, container]) => ({
    name,
    args: {
      ...(container as ContainerArgs<CpuArchitecture>),
      environment: { ...environment, ...container.environment },
      secrets: { ...secrets, ...container.secrets },
    },
    own: true,
  }));
  const sidecars = features
    .flatMap((feature) => Object.entries(feature.sidecars ?? {}))
    .map(([name, container]) => ({ name, args: container, own: false }));
  return [...own, ...sidecars].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A container as the task definition states it, before what comes from other resources is known. */
function definitionOf({ name, args: { image, environment = {}, secrets = {}, ...args } }: NamedContainer, pinned = image.reference) {
  const valueFrom = Object.fromEntries(Object.entries(secrets).map(([key, secret]) => [key, secret.valueFrom]));
  return { name, image: pinned, environment, secrets: valueFrom, args };
}

/** How each container's image is run, for its inspection. */
function inspected(definitions: ReturnType<typeof definitionOf>[]): ImageInspectionArgs["containers"] {
  return Object.fromEntries(
    definitions.map(({ name, image, environment: { PATH: path }, args: { entryPoint, command, user = defaultUser, healthCheck } }) => [
      name,
      pulumi.output(path).apply((known) => ({ image, entryPoint, command, user, path: known, healthCheck: healthCheck?.command })),
    ]),
  );
}
