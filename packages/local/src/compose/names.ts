import type { Task } from "../task/task";

/**
 * Names in the file. Those that we add to the services' own have a character that services' names can't have, so that nothing of a user's is
 * called the same.
 */

/** The container that holds a task's network, and is its address. */
export const networkHolder = (task: string): string => `${task}.network`;

/** The label of such a container, with the task's name. */
export const networkLabel = "fairlead.network";

/** A container of a task. The one that has the task's name keeps it; others stand below it. */
export const containerService = (task: Task, container: string): string => {
  const [own] = task.containers.filter(({ name }) => name === task.name);
  return container === (own ?? task.containers[0]).name ? task.name : `${task.name}.${container}`;
};

/** The network that a task has with its load balancer, databases and AWS. */
export const ownNetwork = (task: string): string => task;

/** Of tasks that all reach each other: it stays when others come. */
export const groupName = ([first, ...others]: readonly Pick<Task, "name">[]): string =>
  others.length === 0 ? first!.name : `${first!.name}_and_others`;

/** The network on which one task may open connections to another. */
export const edgeNetwork = (caller: string, callee: string): string => `${caller}_to_${callee}`;

/** The load balancer's: its service, configuration, and the network by which this machine reaches it. */
export const loadBalancerService = "aws.load-balancer";

/** A volume for a folder that a container's image declares, and no mount point is at. ECS's own names of volumes have no dot. */
export const imageVolume = (service: string, folder: string): string => `${service}.image${folder.replace(/[^A-Za-z0-9_-]+/g, ".")}`;

/** The network by which tunnels of the machine are reached, where no Unix socket leads to them. */
export const wayToMachine = "tunnels.machine";

/** A volume of a task. */
export const taskVolume = (task: string, volume: string): string => `${task}.${volume}`;
