import { connectionsIn, isEverybody, type Connection } from "@fairlead/changes";
import type { Plan } from "@fairlead/plan";

import { awsEmulatorPort, type LocalSettings } from "../settings";
import type { Task } from "../task/task";
import type { ComposeNetwork, ComposeService } from "./model";
import { edgeNetwork, ownNetwork } from "./names";
import { subnetsIn, type Subnet } from "./subnets";

type Networks = NonNullable<ComposeService["networks"]>;

/** That one task may open connections to another, and by which names it finds it. */
interface Edge {
  caller: Task;
  callee: Task;
  network: string;
}

/**
 * Who reaches whom, as the plan's security groups have it. Each task has a network of its own, and each pair of tasks of which one lets the other in has
 * another: there, and nowhere else, the callee has its names.
 */
export class LocalNetworks {
  private readonly edges: Edge[];
  private readonly subnets: Map<string, Subnet>;
  private readonly connections: readonly Connection[];

  constructor(
    plan: Plan,
    private readonly tasks: readonly Task[],
    { addresses }: LocalSettings,
  ) {
    this.connections = connectionsIn(plan.resources);
    this.edges = tasks.flatMap((callee) =>
      tasks
        .filter((caller) => callee.securityGroups.length > 0 && this.mayReach(caller, callee.securityGroups))
        .map((caller) => ({ caller, callee, network: edgeNetwork(caller.name, callee.name) })),
    );
    this.subnets = subnetsIn(addresses, [...tasks.map(({ name }) => ownNetwork(name)), ...this.edges.map(({ network }) => network)]);
  }

  /** All of them, for the file. */
  definitions(): Record<string, ComposeNetwork> {
    const own = this.tasks.map((task) => [ownNetwork(task.name), this.definition(ownNetwork(task.name), !this.mayLeave(task))] as const);
    // The way out of a task is its own network.
    const edges = this.edges.map(({ network }) => [network, this.definition(network, true)] as const);
    return Object.fromEntries([...own, ...edges]);
  }

  /** Which task may open connections to which. */
  calls(): { caller: string; callee: string }[] {
    return this.edges.map(({ caller, callee }) => ({ caller: caller.name, callee: callee.name }));
  }

  /** Those that hold a task's address, with the names by which others find it. */
  ofTask(task: Task): Networks {
    const own: Networks = { [ownNetwork(task.name)]: {} };
    for (const { caller, callee, network } of this.edges) {
      if (callee === task) own[network] = { aliases: namesFor(caller, callee) };
      if (caller === task) own[network] = { ...own[network] };
    }
    return own;
  }

  /** @see DataContext.networksFor */
  networksFor(securityGroups: readonly string[], aliases: readonly string[]): Networks {
    const callers = this.tasks.filter((task) => this.mayReach(task, securityGroups));
    return Object.fromEntries(callers.map(({ name }) => [ownNetwork(name), { aliases: [...aliases] }]));
  }

  /** @see DataContext.networksOfEndpoint */
  networksOfEndpoint(): Networks {
    return Object.fromEntries(this.tasks.map(({ name }) => [ownNetwork(name), { ipv4_address: this.subnetOf(ownNetwork(name)).endpoint }]));
  }

  /** Where a task finds AWS's API. */
  endpointOf(task: Task): string {
    return `http://${this.subnetOf(ownNetwork(task.name)).endpoint}:${awsEmulatorPort}`;
  }

  /** Ports count for nothing: Docker's networks know none. */
  private mayReach(caller: Task, callee: readonly string[]): boolean {
    const [groups, others] = [new Set(caller.securityGroups), new Set(callee)];
    // Tasks on the network of an instance have its groups, which the plan's task doesn't name.
    if (groups.size === 0) return false;
    const between = (direction: Connection["direction"], of: Set<string>, to: Set<string>) =>
      this.connections.some(
        ({ direction: way, group, peer, isGroup }) => way === direction && of.has(group) && (isGroup ? to.has(peer) : true),
      );
    return between("ingress", others, groups) && between("egress", groups, others);
  }

  private mayLeave({ securityGroups }: Task): boolean {
    if (securityGroups.length === 0) return true;
    const ranges = this.connections.flatMap(({ direction, group, range }) =>
      direction === "egress" && securityGroups.includes(group) && range ? range : [],
    );
    return isEverybody(ranges);
  }

  private definition(network: string, internal: boolean): ComposeNetwork {
    const { subnet, ipRange } = this.subnetOf(network);
    return { ...(internal && { internal }), ipam: { config: [{ subnet, ip_range: ipRange }] } };
  }

  private subnetOf(network: string): Subnet {
    return this.subnets.get(network)!;
  }
}

function namesFor(caller: Task, callee: Task): string[] {
  return callee.names.filter(({ by }) => by === "cloudMap" || caller.isClientOfServiceConnect).map(({ name }) => name);
}
