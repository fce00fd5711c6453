import { containerHealthCheckValues, containerValues, imageUser, withDefaults, type CpuArchitecture } from "@fairlead/model";

import type { ContainerArgs, ContainerHealthCheckArgs } from "./container";
import type { LogConfiguration } from "./taskFeature";

/** One container as the task definition states it: its arguments, with what is known only at apply filled in. */
export interface ContainerDefinition {
  name: string;
  image: string;
  environment: Record<string, string>;
  /** `valueFrom` by variable. */
  secrets: Record<string, string>;
  /** ARN of the secret with the login of its registry. */
  credentialsParameter?: string;
  mounts: { sourceVolume: string; containerPath: string; readOnly: boolean }[];
  args: Omit<ContainerArgs<CpuArchitecture>, "image" | "environment" | "secrets" | "repositoryCredentials">;
}

/** What all containers of a task share. */
export interface TaskContext {
  logGroupName: string;
  region: string;
  networkMode: "awsvpc" | "bridge" | "host";
  logConfiguration?: LogConfiguration;
}

/**
 * The `containerDefinitions` JSON in the one form that AWS gives back: keys sorted, lists sorted by name, defaults filled in. Anything
 * else shows a replacement in every preview (pulumi-aws issue 4576, pulumi-awsx issue 617).
 */
export function containerDefinitionsJson(containers: ContainerDefinition[], task: TaskContext): string {
  return JSON.stringify(containers.map((container) => sortedKeys(definition(container, task))));
}

function definition(container: ContainerDefinition, task: TaskContext): Record<string, unknown> {
  const { name, image, environment, secrets, credentialsParameter, mounts, args } = container;
  const preset = withDefaults(args, containerValues);
  return {
    command: args.command,
    cpu: args.cpu,
    dependsOn: args.dependsOn && entries(args.dependsOn).map(([containerName, condition]) => ({ containerName, condition })),
    dockerLabels: args.dockerLabels,
    entryPoint: args.entryPoint,
    environment: entries(environment).map(([key, value]) => ({ name: key, value })),
    essential: preset.essential,
    firelensConfiguration: args.firelensConfiguration,
    healthCheck: args.healthCheck && args.healthCheck.command[0] !== "NONE" ? healthCheck(args.healthCheck) : undefined,
    image,
    linuxParameters: { initProcessEnabled: preset.initProcessEnabled },
    logConfiguration: args.firelensConfiguration || !task.logConfiguration ? awslogs(name, task) : task.logConfiguration,
    memory: args.memoryMiB,
    mountPoints: [...mounts].sort((a, b) => (a.containerPath < b.containerPath ? -1 : 1)),
    name,
    portMappings: portMappings(name, args, task),
    readonlyRootFilesystem: preset.readonlyRootFilesystem,
    repositoryCredentials: credentialsParameter ? { credentialsParameter } : undefined,
    secrets: Object.keys(secrets).length > 0 ? entries(secrets).map(([key, valueFrom]) => ({ name: key, valueFrom })) : undefined,
    stopTimeout: preset.stopTimeoutSeconds,
    systemControls: [],
    ulimits: args.ulimits,
    user: preset.user === imageUser ? undefined : preset.user,
    volumesFrom: [],
    workingDirectory: args.workingDirectory,
  };
}

function healthCheck(args: ContainerHealthCheckArgs) {
  const { command, intervalSeconds, retries, startPeriodSeconds, timeoutSeconds } = withDefaults(args, containerHealthCheckValues);
  return { command, interval: intervalSeconds, retries, startPeriod: startPeriodSeconds, timeout: timeoutSeconds };
}

function portMappings(name: string, args: ContainerDefinition["args"], { networkMode }: TaskContext) {
  const { containerPort, protocol = "tcp", appProtocol } = args;
  if (!containerPort) return [];
  // Port 0 lets Docker's bridge choose one on the instance, so that several tasks fit on it.
  return [{ appProtocol, containerPort, hostPort: networkMode === "bridge" ? 0 : containerPort, name, protocol }];
}

function awslogs(name: string, { logGroupName, region }: TaskContext) {
  return {
    logDriver: "awslogs",
    options: { "awslogs-group": logGroupName, "awslogs-region": region, "awslogs-stream-prefix": name },
  };
}

function entries<T>(map: Record<string, T>): [string, T][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `JSON.stringify` drops what is undefined and keeps the order of keys. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(entries(value as Record<string, unknown>).map(([key, item]) => [key, sortedKeys(item)]));
}
