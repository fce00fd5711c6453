import { addressRange, connectionsIn, isEverybody, type AddressRange, type Connection } from "@fairlead/changes";
import type { Plan } from "@fairlead/plan";

import { awsEmulatorPort, type LocalSettings } from "../settings";
import type { Task } from "../task/task";
import { linksOf, type Edge, type Link } from "./groups";
import type { ComposeNetwork, ComposeService } from "./model";
import { loadBalancerService, ownNetwork, wayToMachine } from "./names";
import { subnetsIn, type Subnet } from "./subnets";

type Networks = NonNullable<ComposeService["networks"]>;

/** On a task's own network, for which its subnet has room. */
const usualMembers = 7;

/**
 * Who reaches whom, as the plan's security groups have it. Each task has a network of its own, and each pair of tasks of which one lets the other in has
 * another, which those share that all reach each other: there, and nowhere else, the callee has its names.
 */
export class LocalNetworks {
  private readonly edges: Edge[];
  private readonly links: Link[];
  private readonly subnets: Map<string, Subnet>;
  private readonly connections: readonly Connection[];
  /** Where tasks have their addresses. */
  private readonly blocks: readonly AddressRange[];
  /** Of engines that have no other way from a container to a tunnel. */
  private readonly waysToMachine: readonly string[];

  /** @param servers the security groups of each database and cache */
  constructor(
    plan: Plan,
    private readonly tasks: readonly Task[],
    servers: readonly (readonly string[])[],
    { addresses, subnets = {} }: LocalSettings,
    /** Tasks that run elsewhere, of which only those that are called count. */
    { elsewhere, hasWayToMachine }: { elsewhere: readonly Task[]; hasWayToMachine: boolean } = { elsewhere: [], hasWayToMachine: false },
  ) {
    this.connections = connectionsIn(plan.resources);
    this.blocks = blocksOf(plan);
    this.edges = [...tasks, ...elsewhere].flatMap((callee) =>
      tasks
        .filter((caller) => callee.securityGroups.length > 0 && this.mayReach(caller, callee.securityGroups))
        .map((caller) => ({ caller, callee })),
    );
    this.links = linksOf(this.edges);
    this.waysToMachine = hasWayToMachine ? [wayToMachine] : [];
    this.subnets = subnetsIn(
      addresses,
      new Map([
        ...tasks.map((task) => [ownNetwork(task.name), this.membersWith(task, servers)] as const),
        ...this.links.map(({ network, callers, callees }) => [network, new Set([...callers, ...callees]).size] as const),
        [loadBalancerService, 1] as const,
        ...this.waysToMachine.map((network) => [network, elsewhere.length] as const),
      ]),
      subnets,
    );
  }

  /** All of them, for the file. */
  definitions(): Record<string, ComposeNetwork> {
    const own = this.tasks.map((task) => [ownNetwork(task.name), this.definition(ownNetwork(task.name), !this.mayLeave(task))] as const);
    // The way out of a task is its own network.
    const links = this.links.map(({ network }) => [network, this.definition(network, true)] as const);
    const ways = this.waysToMachine.map((network) => [network, this.definition(network, false)] as const);
    return Object.fromEntries([...own, ...links, ...ways]);
  }

  /** The load balancer's own, by which this machine reaches it. */
  ofLoadBalancer(): ComposeNetwork {
    return this.definition(loadBalancerService, false);
  }

  /** Which task may open connections to which. */
  calls(): { caller: string; callee: string }[] {
    return this.edges.map(({ caller, callee }) => ({ caller: caller.name, callee: callee.name }));
  }

  /** Those that hold a task's address, with the names by which others find it. */
  ofTask(task: Task): Networks {
    const findsItself = this.edges.some(({ caller, callee }) => caller === task && callee === task);
    const own: Networks = { [ownNetwork(task.name)]: findsItself ? { aliases: namesFor(task, task) } : {} };
    for (const { network, callers, callees } of this.links) {
      if (callees.includes(task)) own[network] = { aliases: namesFor(callers[0]!, task) };
      else if (callers.includes(task)) own[network] = {};
    }
    return own;
  }

  /** Those on which what stands for a task that runs elsewhere is found: of its callers alone, each with the names that it finds. */
  ofCallers(callee: Task): Networks {
    const links = this.links.filter(({ callees }) => callees.includes(callee));
    return Object.fromEntries([
      ...links.map(({ network, callers }) => [network, { aliases: namesFor(callers[0]!, callee) }]),
      ...this.waysToMachine.map((network) => [network, {}]),
    ]) as Networks;
  }

  /** @see DataContext.networksFor */
  networksFor(securityGroups: readonly string[], aliases: readonly string[]): Networks {
    const callers = this.tasks.filter((task) => this.mayReach(task, securityGroups));
    return Object.fromEntries(callers.map(({ name }) => [ownNetwork(name), { aliases: [...aliases] }]));
  }

  /** @see DataContext.networksOfEndpoint */
  networksOfEndpoint(isUser: (task: Task) => boolean): Networks {
    return Object.fromEntries(
      this.tasks.filter(isUser).map(({ name }) => [ownNetwork(name), { ipv4_address: this.subnetOf(ownNetwork(name)).endpoint }]),
    );
  }

  /** Where a task finds AWS's API. */
  endpointOf(task: Task): string {
    return `http://${this.subnetOf(ownNetwork(task.name)).endpoint}:${awsEmulatorPort}`;
  }

  /**
   * A task with its load balancer, and the databases and caches that let it in. Room for some more keeps the network
   * where it is when one is added.
   */
  private membersWith(task: Task, servers: readonly (readonly string[])[]): number {
    return Math.max(usualMembers, 3 + servers.filter((groups) => this.mayReach(task, groups)).length);
  }

  /** Ports count for nothing: Docker's networks know none. */
  private mayReach(caller: Task, callee: readonly string[]): boolean {
    const [groups, others] = [new Set(caller.securityGroups), new Set(callee)];
    // Tasks on the network of an instance have its groups, which the plan's task doesn't name.
    if (groups.size === 0) return false;
    const between = (direction: Connection["direction"], of: Set<string>, to: Set<string>) =>
      this.connections.some(
        (connection) =>
          connection.direction === direction &&
          of.has(connection.group) &&
          mayCarry(connection) &&
          (connection.isGroup ? to.has(connection.peer) : this.hasTasks(connection)),
      );
    return between("ingress", others, groups) && between("egress", groups, others);
  }

  /** Whether tasks have addresses of a block. The lists that a plan doesn't know are AWS's own, mostly: those of S3 and CloudFront. */
  private hasTasks({ peer, range }: Connection): boolean {
    if (!range) return !/^pl-|prefixList/i.test(peer);
    return this.blocks.some(({ family, first, last }) => family === range.family && first <= range.last && range.first <= last);
  }

  private mayLeave({ securityGroups }: Task): boolean {
    if (securityGroups.length === 0) return true;
    const ranges = this.connections.flatMap(({ direction, group, range }) =>
      direction === "egress" && securityGroups.includes(group) && range ? range : [],
    );
    return isEverybody(ranges);
  }

  private definition(network: string, internal: boolean): ComposeNetwork {
    const { subnet, ipRange, gateway } = this.subnetOf(network);
    return { ...(internal && { internal }), ipam: { config: [{ subnet, ip_range: ipRange, gateway }] } };
  }

  private subnetOf(network: string): Subnet {
    return this.subnets.get(network)!;
  }
}

/** Of the plan's networks; those that AWS allows a network where it has none. */
function blocksOf({ resources }: Plan): AddressRange[] {
  const own = resources.flatMap(({ type, inputs }) => {
    const isNetwork = type === "aws:ec2/vpc:Vpc" || type === "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
    return (isNetwork && addressRange(String(inputs.cidrBlock))) || [];
  });
  const found =
    own.length > 0 ? own : ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map((text) => addressRange(text)!);
  return [...found, addressRange("::/0")!];
}

const mayCarry = ({ protocol }: Connection) => ["-1", "tcp", "udp"].includes(protocol);

function namesFor(caller: Task, callee: Task): string[] {
  return callee.names.filter(({ by }) => by === "cloudMap" || caller.isClientOfServiceConnect).map(({ name }) => name);
}
