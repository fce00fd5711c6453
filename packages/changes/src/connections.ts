import { asList } from "@fairlead/model";
import { referencesIn, type PlanResource } from "@fairlead/plan";

import { addressRange, coverAddresses, type AddressRange } from "./addresses";
import { groupBy } from "./groupBy";
import type { ResourceChange } from "./model";

/** What a security group lets through. */
export interface Connection {
  direction: "ingress" | "egress";
  /** The group, by its URN or its id. */
  group: string;
  /** A block of addresses, a prefix list, or another group. */
  peer: string;
  /** Whether the peer is another group. */
  isGroup: boolean;
  /** Of a peer whose addresses are known. */
  range?: AddressRange;
  /** `-1` is every protocol. */
  protocol: string;
  from: number;
  to: number;
  /** Of the resource that says so. */
  name: string;
  urn: string;
}

/** Connections that are not let through by some others, alone or together. */
export function uncovered(connections: readonly Connection[], others: readonly Connection[]): Connection[] {
  const byGroup = groupBy(others, sideOf);
  return connections.filter((connection) => !areCovering(byGroup.get(sideOf(connection)) ?? [], connection));
}

/** Those of some connections that let through all of the ports of one, of the same group and direction. */
export function onPortsOf({ protocol, from, to, ...one }: Connection, others: readonly Connection[]): Connection[] {
  return others.filter(
    (other) =>
      sideOf(other) === sideOf(one) && (other.protocol === "-1" || (other.protocol === protocol && other.from <= from && other.to >= to)),
  );
}

const sideOf = ({ group, direction }: Pick<Connection, "group" | "direction">) => `${direction} ${group}`;

/** Port by port, as far as they are told apart. */
function areCovering(others: readonly Connection[], one: Connection): boolean {
  const edges = others.filter(({ protocol }) => protocol === one.protocol).flatMap(({ from, to }) => [from, to + 1]);
  const starts = [...new Set([one.from, ...edges.filter((edge) => edge > one.from && edge <= one.to)])];
  return starts.every((port) => {
    const here = onPortsOf({ ...one, from: port, to: port }, others);
    if (here.some(({ peer }) => peer === one.peer)) return true;
    return (
      one.range !== undefined &&
      coverAddresses(
        here.flatMap(({ range }) => range ?? []),
        one.range,
      )
    );
  });
}

type Inputs = Record<string, unknown>;

/** What the security groups and their rules let through. */
export function connectionsIn(resources: readonly PlanResource[]): Connection[] {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return resources.flatMap((resource) => connectionsOf(resource, (urn) => byUrn.get(urn)));
}

/** Those of both sides of a change, under the URNs that there are after it. */
export function connectionsOfSides(resources: readonly ResourceChange[]): { before: Connection[]; after: Connection[] } {
  return {
    before: connectionsIn(resources.flatMap(({ urn, before }) => (before ? { ...before, urn } : []))),
    after: connectionsIn(resources.flatMap(({ after }) => after ?? [])),
  };
}

type Find = (urn: string) => PlanResource | undefined;

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ruleType = /^aws:vpc\/securityGroup(Ingress|Egress)Rule:/;

function connectionsOf({ type, name, urn, inputs, propertyDependencies }: PlanResource, find: Find): Connection[] {
  const ofRule = (direction: Connection["direction"], group: string, rule: Inputs, protocol: unknown): Connection[] =>
    peersOf(rule, group, find).map((peer) => ({ direction, group, ...peer, name, urn, ...portsOf(protocol, rule) }));
  // Its text is under the new URN where an alias renames it.
  const group =
    referencesIn(inputs.securityGroupId)[0]?.urn ??
    propertyDependencies.securityGroupId?.find((dependency) => find(dependency)?.type === groupType) ??
    textOf(inputs.securityGroupId);
  const match = ruleType.exec(type);
  if (match) return ofRule(match[1]!.toLowerCase() as Connection["direction"], group, inputs, inputs.ipProtocol);
  if (type === "aws:ec2/securityGroupRule:SecurityGroupRule")
    return ofRule(inputs.type as Connection["direction"], group, inputs, inputs.protocol);
  if (type !== groupType) return [];
  return (["ingress", "egress"] as const).flatMap((direction) =>
    asList(inputs[direction]).flatMap((rule) => ofRule(direction, urn, rule as Inputs, (rule as Inputs).protocol)),
  );
}

const protocols: Readonly<Record<string, string>> = { all: "-1", "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6" };

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html */
function portsOf(given: unknown, { fromPort, toPort }: Inputs): Pick<Connection, "protocol" | "from" | "to"> {
  const text = String(given).toLowerCase();
  const protocol = protocols[text] ?? text;
  const [from, to] = [Number(fromPort ?? 0), Number(toPort ?? 65_535)];
  if (protocol === "-1" || from === -1 || Number.isNaN(from) || Number.isNaN(to)) return { protocol, from: 0, to: 65_535 };
  // A type and a code, of which -1 is each.
  if (protocol.startsWith("icmp")) return { protocol, from: from * 256 + Math.max(to, 0), to: from * 256 + (to === -1 ? 255 : to) };
  return { protocol, from, to };
}

type Peer = Pick<Connection, "peer" | "isGroup" | "range">;

function peersOf(rule: Inputs, group: string, find: Find): Peer[] {
  const of = (keys: string[]) => keys.flatMap((key) => asList(rule[key]));
  const groups = of(["referencedSecurityGroupId", "sourceSecurityGroupId", "securityGroups"]).map(textOf);
  return [
    ...of(["cidrIpv4", "cidrIpv6", "cidrBlocks", "ipv6CidrBlocks"]).map((block) => addresses(block, find)),
    ...of(["prefixListId", "prefixListIds"]).flatMap((list) => entriesOf(list, find)),
    ...[...groups, ...(rule.self === true ? [group] : [])].map((peer) => ({ peer, isGroup: true })),
  ];
}

/** A block that is an attribute of a resource of the plan is what that was given. */
function addresses(block: unknown, find: Find): Peer {
  const [reference] = referencesIn(block);
  const given = reference ? find(reference.urn)?.inputs[reference.attribute] : undefined;
  const peer = typeof given === "string" ? given : textOf(block);
  const range = addressRange(peer);
  return { peer, isGroup: false, ...(range && { range }) };
}

/** The entries of a prefix list of the plan; others' lists stand for themselves. */
function entriesOf(list: unknown, find: Find): Peer[] {
  const urn = textOf(list);
  const entries = asList(find(urn)?.inputs.entries).map((entry) => addresses((entry as Inputs).cidr, find));
  return entries.length > 0 ? entries : [{ peer: urn, isGroup: false }];
}

const textOf = (value: unknown): string => referencesIn(value)[0]?.urn ?? String(value);
