import type { Plan } from "@fairlead/plan";

import { readTasks } from "../task/readTasks";
import type { Task } from "../task/task";

/** A part of an environment on one machine, whose calls of other services go to where those are deployed. */
export interface Apart {
  /** Names of the services and jobs that run here; no other does. */
  started: readonly string[];
  /** Services that run elsewhere, and are called by one of {@link started}. */
  deployed: readonly DeployedService[];
}

/** A service that doesn't run here. */
export interface DeployedService {
  name: string;
  /** At least one. A call on another port finds nobody. */
  ports: readonly DeployedPort[];
}

/** A port of a service that doesn't run here. */
export interface DeployedPort {
  /** That its callers know: of its container, or of a `clientAlias` of Service Connect. */
  port: number;
  tunnel: TunnelOnMachine;
}

/**
 * Where a tunnel begins on this machine. A folder with the Unix socket {@link tunnelSocket}: no port is open, and no container finds it but that which has the
 * folder. Engines in a virtual machine, such as Docker Desktop's, hand no Unix socket of the machine's to a container: they lead `host.docker.internal` to the
 * machine's 127.0.0.1.
 *
 * @see https://docs.docker.com/desktop/features/networking/networking-how-tos/#connect-a-container-to-a-service-on-the-host
 */
export type TunnelOnMachine = { folder: string } | { hostPort: number };

/** Name of a tunnel's socket in its folder. */
export const tunnelSocket = "socket";

/** The tasks of a plan, by where they run. */
export function tasksOf(plan: Plan, apart?: Apart): { here: Task[]; elsewhere: Task[] } {
  const tasks = readTasks(plan);
  if (!apart) return { here: tasks, elsewhere: [] };
  return {
    here: tasks.filter(({ name }) => apart.started.includes(name)),
    elsewhere: tasks.filter((task) => apart.deployed.some(({ name }) => name === task.name)),
  };
}

/**
 * The ports on which callers find a service, each with the container's that answers: those of its containers, and those of Service Connect's `clientAlias`.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html
 */
export function calledPorts({ containers, names }: Pick<Task, "containers" | "names">): { port: number; containerPort: number }[] {
  const mappings = containers.flatMap(({ portMappings = [] }) => portMappings).filter(({ protocol = "tcp" }) => protocol === "tcp");
  const own = mappings.map(({ containerPort }) => ({ port: containerPort, containerPort }));
  const aliases = names.flatMap(({ port, portName }) => {
    const containerPort = mappings.find(({ name }) => name === portName)?.containerPort ?? mappings[0]?.containerPort;
    return port !== undefined && containerPort !== undefined ? { port, containerPort } : [];
  });
  return [...new Map([...aliases, ...own].map((each) => [each.port, each])).values()].sort((a, b) => a.port - b.port);
}
