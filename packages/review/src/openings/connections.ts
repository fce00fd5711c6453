import { changedResources, type ChangeSet } from "@fairlead/changes";
import { referencesIn, type PlanResource } from "@fairlead/plan";

import { asList } from "../arguments/judge";
import type { OneDanger } from "../danger";

type Direction = "ingress" | "egress";

/** What a security group lets through. */
interface Connection {
  direction: Direction;
  /** The group, by its URN or its id. */
  group: string;
  /** A block of addresses, a prefix list, or another group. */
  peer: string;
  /** `-1` is every protocol. */
  protocol: string;
  from: number;
  to: number;
  /** Of the resource that says so. */
  name: string;
  urn: string;
}

/** Connections that are let through and were not before, by rules as resources or within their groups. */
export function openedConnections(changes: ChangeSet): OneDanger[] {
  const changed = changedResources(changes.resources);
  const before = changed.flatMap(({ before: was }) => (was ? connectionsOf(was) : []));
  const kept = changes.resources
    .filter(({ operation }) => operation === "same")
    .flatMap(({ after }) => (after ? connectionsOf(after) : []));
  const after = changed.flatMap(({ after: is }) => (is ? connectionsOf(is) : []));
  const newGroups = new Set(changed.filter(({ operation }) => operation === "create").map(({ urn }) => urn));
  return after
    .filter((connection) => ![...before, ...kept].some((other) => covers(other, connection)))
    .flatMap((connection) => {
      const isPublic = [...before, ...kept].some(
        ({ group, direction, peer }) => group === connection.group && direction === "ingress" && isWorld(peer),
      );
      return judged(connection, newGroups.has(connection.group), isPublic) ?? [];
    });
}

/** @param isPublic whether everybody may connect to it already, on another port */
function judged(connection: Connection, isNewGroup: boolean, isPublic: boolean): OneDanger | undefined {
  const { direction, peer, name, urn } = connection;
  const isComponents = urn.includes("::fairlead:");
  const who = peer.includes(":pulumi:") || peer.startsWith("sg-") ? "another group" : peer;
  const what = portsText(connection);
  if (direction === "egress") {
    // Everywhere is what groups let out by default; a component's own rule is told with its service.
    if (isNewGroup || isGroup(peer) || !isWorld(peer)) return undefined;
    return {
      severity: "lessProtected",
      verb: "lets connections out to",
      name: `${who} on ${what} (${name})`,
      urn,
      text: "What runs there may send what it has to whoever is reached.",
    };
  }
  if (isWorld(peer)) {
    const text = `Everybody on the internet may connect on ${what}.`;
    return { severity: isNewGroup || (isPublic && isOnePort(connection)) ? "lessProtected" : "opened", verb: "opens", name, urn, text };
  }
  if (isNewGroup || (isComponents && isGroup(peer))) return undefined;
  return { severity: "lessProtected", verb: "lets in", name: `${who} on ${what} (${name})`, urn, text: "It could not connect before." };
}

const isOnePort = ({ protocol, from, to }: Connection) => protocol !== "-1" && from === to;
const isWorld = (peer: string) => peer === "0.0.0.0/0" || peer === "::/0";
const isGroup = (peer: string) => !/^[0-9a-f.:]+\/\d+$/i.test(peer) && !peer.startsWith("pl-");

function portsText({ protocol, from, to }: Connection): string {
  if (protocol === "-1") return "every port";
  if (from === 0 && to === 65_535) return `every ${protocol} port`;
  return from === to ? `port ${from}` : `ports ${from} to ${to}`;
}

/** Whether the first lets through all that the second does. */
function covers(one: Connection, other: Connection): boolean {
  return (
    one.direction === other.direction &&
    one.group === other.group &&
    (one.peer === other.peer || (isWorld(one.peer) && !isGroup(other.peer) && one.peer.includes(":") === other.peer.includes(":"))) &&
    (one.protocol === "-1" || (one.protocol === other.protocol && one.from <= other.from && one.to >= other.to))
  );
}

type Inputs = Record<string, unknown>;

function connectionsOf({ type, name, urn, inputs, propertyDependencies }: PlanResource): Connection[] {
  const match = /^aws:vpc\/securityGroup(Ingress|Egress)Rule:/.exec(type);
  if (match) {
    const group = propertyDependencies.securityGroupId?.[0] ?? textOf(inputs.securityGroupId);
    return peersOf(inputs, ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"]).map((peer) => ({
      ...{ direction: match[1]!.toLowerCase() as Direction, group, peer, name, urn },
      ...portsOf(inputs.ipProtocol, inputs),
    }));
  }
  if (type === "aws:ec2/securityGroupRule:SecurityGroupRule") {
    const group = propertyDependencies.securityGroupId?.[0] ?? textOf(inputs.securityGroupId);
    return peersOf(inputs, ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "sourceSecurityGroupId"]).map((peer) => ({
      ...{ direction: inputs.type as Direction, group, peer, name, urn },
      ...portsOf(inputs.protocol, inputs),
    }));
  }
  if (type !== "aws:ec2/securityGroup:SecurityGroup") return [];
  return (["ingress", "egress"] as const).flatMap((direction) =>
    asList(inputs[direction]).flatMap((rule) =>
      peersOf(rule as Inputs, ["cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "securityGroups"]).map((peer) => ({
        ...{ direction, group: urn, peer, name, urn },
        ...portsOf((rule as Inputs).protocol, rule as Inputs),
      })),
    ),
  );
}

function portsOf(protocol: unknown, { fromPort, toPort }: Inputs): Pick<Connection, "protocol" | "from" | "to"> {
  const isAll = protocol === "-1" || protocol === "all" || protocol === -1;
  return {
    protocol: isAll ? "-1" : String(protocol),
    from: isAll ? 0 : Number(fromPort ?? 0),
    to: isAll ? 65_535 : Number(toPort ?? 65_535),
  };
}

function peersOf(inputs: Inputs, keys: string[]): string[] {
  return keys.flatMap((key) => asList(inputs[key]).map(textOf));
}

const textOf = (value: unknown): string => referencesIn(value)[0]?.urn ?? String(value);
