import { resolved } from "@fairlead/foundation";
import { containerValues, platformOf, startVariables, withDefaults, type CpuArchitecture } from "@fairlead/model";
import { ImageInspection, type ImageInspectionArgs } from "@fairlead/registry";
import * as ecs from "@pulumi/aws/ecs";
import * as pulumi from "@pulumi/pulumi";

import { containerDefinitionsJson, type ContainerDefinition } from "./containerDefinitions";
import { withImageHealthChecks } from "./imageHealthChecks";
import { namedContainers, secretFilesOf, type NamedContainer } from "./namedContainers";
import type { TaskDefinitionArgs } from "./taskDefinitionArgs";
import { validateTaskDefinition } from "./taskDefinitionChecks";
import { secretFileMounts } from "./secretFiles";
import { redeployingSecrets, SecretVersions, withSecretVersions } from "./secretVersions";
import { executeCommandStatements, executionRole, taskRole, type ExecutionRoleArgs } from "./taskRoles";
import { fileSystemMounts, sharedMounts, taskVolumes, writableMounts } from "./taskVolumes";

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
  readonly family: string;
  /** Whether it has containers beside its own. */
  readonly hasSidecars: boolean;
  readonly executionRoleArn: pulumi.Output<string>;
  readonly taskRoleArn: pulumi.Output<string>;
  readonly cpuArchitecture: A;
  readonly networkMode: "awsvpc" | "bridge" | "host";
  readonly enableExecuteCommand: boolean;
  /** What each container runs: `repository@sha256:…`. */
  readonly images: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: TaskDefinitionArgs<A>, options?: pulumi.ComponentResourceOptions) {
    super("fairlead:services:TaskDefinition", name, {}, options);
    const { features = [], compatibility = "FARGATE", networkMode = "awsvpc", executeCommand } = args;
    const containers = namedContainers(args, features);
    validateTaskDefinition(name, args, containers);
    const fileSystems = features.flatMap(({ volume }) => volume ?? []);
    const files = secretFileMounts(secretFilesOf(features));
    const definitions = containers.map((container) => ({
      ...definitionOf(container, container.args.image.pin?.(`${name}-${container.name}`, { parent: this })),
      mounts: [
        ...writableMounts(container.name, container.args.writableMounts),
        ...sharedMounts(container.args.mountPoints),
        ...(container.own ? [...fileSystemMounts(fileSystems), ...files] : []),
      ],
    }));
    const ownNames = containers.filter(({ own }) => own).map((container) => container.name);
    const parent = { parent: this };
    const secrets = containers.flatMap(({ args: { secrets: own = {}, repositoryCredentials } }) => [
      ...Object.values(own),
      ...(repositoryCredentials ? [repositoryCredentials] : []),
    ]);
    const execution = executionRole(name, { ...repositoriesOf(containers), logGroupArn: args.logGroup.arn, secrets }, parent);
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
    const inspection = new ImageInspection(
      name,
      {
        service: name,
        platform: platformOf(args.cpuArchitecture),
        containers: inspected(definitions, { compatibility, networkMode, hasAllVariables: args.hasAllVariables }),
        // Where nothing is required, the resource is what it was.
        ...(args.admission && { admission: args.admission }),
      },
      parent,
    );
    const { healthChecks } = inspection;
    const reading = containers.filter((container) => redeployingSecrets([container]).length > 0);
    const redeploying = redeployingSecrets(reading);
    const secretVersions =
      redeploying.length > 0 ? new SecretVersions(name, { service: name, secrets: redeploying }, parent).digest : undefined;
    const readingNames = new Set(reading.map((container) => container.name));
    const containerDefinitions = resolved({ logGroupName: args.logGroup.name, definitions, healthChecks, secretVersions }).apply(
      (known) => {
        const checked = withImageHealthChecks(known.definitions as ContainerDefinition[], ownNames, known.healthChecks);
        return containerDefinitionsJson(withSecretVersions(checked, readingNames, known.secretVersions), {
          logGroupName: known.logGroupName,
          region: args.region,
          networkMode,
          logConfiguration,
        });
      },
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
    this.family = args.family;
    this.hasSidecars = containers.length > 1;
    this.executionRoleArn = execution.role.arn;
    this.taskRoleArn = task.role.arn;
    this.cpuArchitecture = args.cpuArchitecture;
    this.networkMode = networkMode;
    this.enableExecuteCommand = executeCommand !== undefined;
    this.images = Object.fromEntries(definitions.map(({ name: container, image }) => [container, image]));
    this.registerOutputs({ arn: this.arn, platform: platformOf(args.cpuArchitecture) });
  }
}

/** A container as the task definition states it, before what comes from other resources is known. */
function definitionOf(
  { name, args: { image, environment = {}, secrets = {}, repositoryCredentials, ...args } }: NamedContainer,
  pinned = image.reference,
) {
  const valueFrom = Object.fromEntries(Object.entries(secrets).map(([key, secret]) => [key, secret.valueFrom]));
  const credentials = repositoryCredentials && { credentialsParameter: repositoryCredentials.arn };
  return { name, image: pinned, environment, secrets: valueFrom, ...credentials, args };
}

/** The private repositories that the containers' images are in. */
function repositoriesOf(containers: NamedContainer[]): Pick<ExecutionRoleArgs, "repositoryArns" | "cacheArns"> {
  const arns = (images: NamedContainer["args"]["image"][]) => images.flatMap(({ repositoryArn }) => repositoryArn ?? []);
  const images = containers.map(({ args: { image } }) => image);
  return { repositoryArns: arns(images), cacheArns: arns(images.filter(({ mayBeCached }) => mayBeCached)) };
}

/** How each container's image is run, for its inspection. */
function inspected(
  definitions: (ReturnType<typeof definitionOf> & Pick<ContainerDefinition, "mounts">)[],
  {
    compatibility,
    networkMode,
    hasAllVariables = false,
  }: { compatibility: "FARGATE" | "EC2"; networkMode: "awsvpc" | "bridge" | "host"; hasAllVariables?: boolean },
): ImageInspectionArgs["containers"] {
  return Object.fromEntries(
    definitions.map(({ name, image, environment, secrets, mounts, args }) => {
      const { entryPoint, command, healthCheck } = args;
      const { user, readonlyRootFilesystem, initProcessEnabled } = withDefaults(args, containerValues);
      // On instances of your own Docker copies any folder of the image into its volume, with its owner.
      const writableMounts = compatibility === "FARGATE" ? args.writableMounts : undefined;
      const secretNames = Object.keys(startVariables(secrets)).sort();
      const mountPoints = mounts.filter(({ containerPath }) => !writableMounts?.includes(containerPath));
      const run = {
        ...{ image, entryPoint, command, user, healthCheck: healthCheck?.command, writableMounts },
        ...{ readonlyRootFilesystem, initProcessEnabled, containerPort: args.containerPort },
        ...(args.workingDirectory !== undefined && { workingDirectory: args.workingDirectory }),
        ...(networkMode === "bridge" && { networkMode }),
        // Where there are none, the resource is what it was.
        ...(secretNames.length > 0 && { secrets: secretNames }),
        ...(hasAllVariables && { variables: Object.keys({ ...environment, ...secrets }).sort() }),
        ...(mountPoints.length > 0 && { mountPoints: mountPoints.map(({ containerPath, readOnly }) => ({ containerPath, readOnly })) }),
      };
      const deciding = startVariables(environment);
      if (Object.keys(deciding).length === 0) return [name, run];
      return [name, pulumi.output(deciding).apply((known) => ({ ...run, environment: known }))];
    }),
  );
}
