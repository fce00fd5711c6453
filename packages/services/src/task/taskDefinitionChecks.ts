import { ArgumentErrors } from "@fairlead/foundation";
import {
  containerHealthCheckValues,
  coded,
  containerValues,
  describeMemorySizes,
  fargateCpuSizes,
  fargateMemorySizes,
  imageCodes,
  isFromAllowed,
  nameProblem,
  platformOf,
  portRange,
  taskValues,
  withDefaults,
  type CpuArchitecture,
} from "@fairlead/model";

import type * as pulumi from "@pulumi/pulumi";

import { refuseLateChecks } from "../healthCheckTimes";
import type { NamedContainer } from "./namedContainers";
import type { TaskDefinitionArgs } from "./taskDefinitionArgs";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const maxContainers = 10;
const maxTaskDefinitionBytes = 64 * 1024;

type Args = TaskDefinitionArgs<CpuArchitecture>;

/** @throws InputPropertiesError with every argument that ECS or the container runtime would refuse. */
export function validateTaskDefinition<A extends CpuArchitecture>(
  name: string,
  args: TaskDefinitionArgs<A>,
  containers: NamedContainer[],
): void {
  const errors = new ArgumentErrors();
  errors.refuse("family", nameProblem(args.family, "family"));
  checkSize(args as unknown as Args, errors);
  if (containers.length < 1 || containers.length > maxContainers) {
    errors.refuse("containers", `${containers.length} containers with the features' sidecars: ECS allows 1 to ${maxContainers}`);
  }
  const names = new Set<string>();
  for (const container of containers) {
    if (names.has(container.name)) errors.refuse("containers", `two containers have the name "${container.name}"`);
    names.add(container.name);
  }
  for (const container of containers) checkContainer(container, containers, args as unknown as Args, errors);
  const bytes = knownBytes(containers);
  if (bytes > maxTaskDefinitionBytes) {
    errors.refuse(
      "containers",
      `${bytes} bytes of definitions: ECS allows ${maxTaskDefinitionBytes}. Move variables to a secret or a file`,
    );
  }
  errors.throwIfAny(`Task definition ${name}`);
}

function checkSize(args: Args, errors: ArgumentErrors): void {
  const { compatibility = "FARGATE", networkMode = "awsvpc", cpu, memoryMiB } = args;
  if (compatibility === "EC2") {
    if (args.ephemeralStorageGiB) errors.refuse("ephemeralStorageGiB", "only Fargate has a disk of its own for each task");
    return;
  }
  if (networkMode !== "awsvpc") errors.refuse("networkMode", `"${networkMode}": on Fargate only awsvpc exists`);
  errors.range("ephemeralStorageGiB", args.ephemeralStorageGiB, taskValues.ephemeralStorageGiB, "GiB on Fargate (20 without it)");
  if (!fargateCpuSizes.includes(cpu)) {
    errors.refuse("cpu", `${cpu}: Fargate offers ${fargateCpuSizes.join(", ")} CPU units`);
  } else if (!fargateMemorySizes(cpu).includes(memoryMiB)) {
    errors.refuse("memoryMiB", `${memoryMiB}: with ${cpu} CPU units Fargate offers ${describeMemorySizes(cpu)} MiB`);
  }
}

function checkContainer({ name, args: container, own }: NamedContainer, all: NamedContainer[], args: Args, errors: ArgumentErrors): void {
  const path = (property: string) => `containers.${name}.${property}`;
  const platform = platformOf(args.cpuArchitecture);
  const { image, healthCheck } = container;
  errors.refuse(path("image"), registryProblem(image.name, args.admission?.allowedRegistries));
  errors.refuse(path("image"), signatureProblem(image.name, args.admission?.requiredSignatures));
  if (!image.platforms.includes(platform)) {
    errors.refuse(
      path("image"),
      `the image is built for ${image.platforms.join(", ")}, the task runs on ${platform} (${args.cpuArchitecture}): ` +
        `it would die at start with "exec format error". Build the image for ${platform}, or change cpuArchitecture`,
    );
  }
  errors.range(path("stopTimeoutSeconds"), container.stopTimeoutSeconds, containerValues.stopTimeoutSeconds, "seconds on Fargate");
  errors.range(path("containerPort"), container.containerPort, portRange, "as a port");
  if (healthCheck) {
    refuseLateChecks(path("healthCheck"), withDefaults(healthCheck, containerHealthCheckValues), containerHealthCheckValues, errors);
    errors.range(path("healthCheck.retries"), healthCheck.retries, containerHealthCheckValues.retries, "retries");
    errors.range(
      path("healthCheck.startPeriodSeconds"),
      healthCheck.startPeriodSeconds,
      containerHealthCheckValues.startPeriodSeconds,
      "seconds",
    );
  }
  for (const ulimit of container.ulimits ?? []) {
    if ((args.compatibility ?? "FARGATE") === "FARGATE" && ulimit.name !== "nofile") {
      errors.refuse(path("ulimits"), `"${ulimit.name}": on Fargate only nofile can be set`);
    }
    if (ulimit.softLimit > ulimit.hardLimit) errors.refuse(path("ulimits"), `${ulimit.name}: softLimit is above hardLimit`);
  }
  for (const { containerPath, sourceVolume } of container.mountPoints ?? []) {
    const there = [...(container.writableMounts ?? []), ...container.mountPoints!.map((each) => each.containerPath)];
    if (there.filter((folder) => folder === containerPath).length > 1)
      errors.refuse(path("mountPoints"), `"${sourceVolume}" is at ${containerPath}, where another volume is`);
  }
  for (const [other, condition] of Object.entries(container.dependsOn ?? {})) {
    const found = all.find((candidate) => candidate.name === other);
    if (!found || other === name) errors.refuse(path("dependsOn"), `"${other}" is no other container of the task`);
    else if (condition === "HEALTHY" && (found.args.healthCheck?.command[0] ?? "NONE") === "NONE")
      errors.refuse(path("dependsOn"), `"${other}" has no healthCheck to be HEALTHY by`);
  }
  const { user } = container;
  if (container.firelensConfiguration && user !== undefined && !["0", "root"].includes(user)) {
    errors.refuse(path("user"), `"${user}": ECS takes a log router as root alone (0)`);
  }
  if (args.executeCommand && own && container.readonlyRootFilesystem !== false) {
    errors.refuse(path("readonlyRootFilesystem"), "must be false with executeCommand: SSM's agent writes to the root file system");
  }
  for (const variable of Object.keys(container.secrets ?? {})) {
    if (container.environment && variable in container.environment)
      errors.refuse(path("secrets"), `"${variable}" is in environment as well`);
  }
}

/** Why an image may not come from where it lies, as far as a plan knows that: what is built here lies in the service's own repository. */
function registryProblem(image: string | undefined, allowed: readonly pulumi.Input<string>[] | undefined): string | undefined {
  if (image === undefined || allowed === undefined) return undefined;
  const known = allowed.filter((entry) => typeof entry === "string");
  if (isFromAllowed(image, known)) return undefined;
  return coded("FL2160", `"${image}" is no image of ${known.join(", ") || "the service's own repository"}. ${imageCodes.FL2160.fix}`);
}

/** Why no signature of an image could be enough, as far as a plan knows that. */
function signatureProblem(image: string | undefined, required: readonly { images: string }[] | undefined): string | undefined {
  if (image === undefined || required === undefined) return undefined;
  const known = required.map(({ images }) => images);
  if (isFromAllowed(image, known)) return undefined;
  return coded(
    "FL2162",
    `"${image}" is of no entry of requiredSignatures (${known.join(", ") || "there is none"}). ${imageCodes.FL2162.fix}`,
  );
}

/** Bytes of what is known before apply: a lower bound. */
function knownBytes(containers: NamedContainer[]): number {
  const known = containers.map(({ name, args: { environment, command, entryPoint } }) => ({ name, environment, command, entryPoint }));
  return Buffer.byteLength(JSON.stringify(known, (_, value: unknown) => (isPlain(value) ? value : "")));
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== "object" || Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}
