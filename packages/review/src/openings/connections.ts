import {
  connectionsOfSides,
  isEverybody,
  isPrivate,
  madeByOurs,
  onPortsOf,
  uncovered,
  type ChangeSet,
  type Connection,
  type ResourceChange,
} from "@fairlead/changes";
import { firstFew } from "@fairlead/model";

import { itemsBeyond } from "../arguments/judge";
import type { OneDanger } from "../danger";
import { groupsIn } from "./attachedGroups";

/** Connections that are let through and were not before, or no longer are, by rules as resources or within their groups. */
export function changedConnections(changes: ChangeSet): OneDanger[] {
  const sides = connectionsOfSides(changes.resources);
  return [...openedConnections(changes, sides), ...closedConnections(changes, sides), ...attachedGroups(changes, sides)];
}

type Sides = ReturnType<typeof connectionsOfSides>;

function openedConnections({ resources, after: plan }: ChangeSet, { before, after }: Sides): OneDanger[] {
  const newGroups = new Set(resources.filter(({ operation }) => operation === "create").map(({ urn }) => urn));
  const isOurs = madeByOurs(plan.resources);
  return uncovered(after, before).flatMap((connection) => {
    const isOfNew = newGroups.has(connection.group);
    return connection.direction === "egress"
      ? (letOut(connection, after, isOfNew) ?? [])
      : (letIn(connection, { before, after }, isOfNew, isOurs(connection.urn)) ?? []);
  });
}

function letOut(connection: Connection, after: readonly Connection[], isOfNew: boolean): OneDanger | undefined {
  // Everywhere is what groups let out by default; a component's own rule is told with its service.
  if (isOfNew || connection.isGroup || !isPublic(connection, after)) return undefined;
  const text = "What runs there may send what it has to whoever is reached.";
  return { severity: "lessProtected", ...named("lets connections out to", connection), text };
}

function letIn(connection: Connection, { before, after }: Sides, isOfNew: boolean, isOurs: boolean): OneDanger | undefined {
  const { name, urn } = connection;
  if (isPublic(connection, after)) {
    if (tellsSizes(connection)) return undefined;
    const text = `Everybody on the internet may connect on ${portsText(connection)}.`;
    const isLess = isOfNew || isControl(connection) || isAnotherWebPort(connection, before);
    return { severity: isLess ? "lessProtected" : "opened", verb: "opens", name, urn, text };
  }
  if (isOfNew || (isOurs && connection.isGroup)) return undefined;
  return { severity: "lessProtected", ...named("lets in", connection), text: "It could not connect before." };
}

/** What is no connection to a program: who may ask whether something is there, and routers that tell what is wrong. */
const isControl = ({ protocol }: Connection) => protocol.startsWith("icmp");

/**
 * What routers tell of packets that are too large, by type and code: without it connections hang.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules-reference.html#sg-rules-path-mtu
 */
function tellsSizes({ protocol, from, to }: Connection): boolean {
  if (protocol === "icmpv6") return from >= 2 * 256 && to <= 2 * 256 + 255;
  return protocol === "icmp" && from === 3 * 256 + 4 && to === from;
}

/** Whether, with the others on its ports, it is for everybody. */
function isPublic(connection: Connection, all: readonly Connection[]): boolean {
  const { range } = connection;
  if (!range) return false;
  const ranges = onPortsOf(connection, all).flatMap((other) => other.range ?? []);
  return isEverybody(ranges.filter(({ family }) => family === range.family)) && !isPrivate(range);
}

/** Of a group that everybody may connect to already: the same port by the other kind of addresses, or a port for browsers. */
function isAnotherWebPort(connection: Connection, before: readonly Connection[]): boolean {
  const { group, from, to } = connection;
  const open = before.filter((other) => other.group === group && other.direction === "ingress" && isPublic(other, before));
  if (onPortsOf(connection, open).length > 0) return true;
  return open.length > 0 && from === to && (from === 80 || from === 443);
}

/** Of a rule or group that goes its loss is told. */
function closedConnections({ resources }: ChangeSet, { before, after }: Sides): OneDanger[] {
  const staying = new Map(resources.flatMap((change) => (change.before && change.after ? [[change.urn, change] as const] : [])));
  const closed = uncovered(before, after).filter(({ urn }) => staying.has(urn));
  return [...new Set(closed.map(({ urn }) => urn))].map((urn) => {
    const { name } = staying.get(urn)!;
    const lost = closed.filter((connection) => connection.urn === urn);
    const text = `Connections that it let through until now find no way: ${firstFew(lost.map(whatText), 3)}.`;
    return { severity: "interruption", verb: "lets through less by", name, urn, text };
  });
}

/** Security groups that something which was there gets as well, and that let in everybody where none of its own did. */
function attachedGroups({ resources }: ChangeSet, { before, after }: Sides): OneDanger[] {
  const openTo = (groups: readonly unknown[], all: readonly Connection[]) =>
    all.filter((connection) => connection.direction === "ingress" && groups.includes(connection.group) && isPublic(connection, all));
  return resources.flatMap(({ before: was, after: is, name, urn }: ResourceChange) => {
    if (!was || !is) return [];
    const [old, now] = [groupsIn(was), groupsIn(is)];
    const gained = itemsBeyond(now, old);
    if (gained.length === 0) return [];
    const open = openTo(old, before);
    const opened = openTo(gained, after).filter(
      (connection) =>
        onPortsOf(
          connection,
          open.map((other) => ({ ...other, group: connection.group })),
        ).length === 0,
    );
    if (opened.length === 0) return [];
    const text = `Everybody on the internet may connect on ${firstFew([...new Set(opened.map(portsText))], 3)}.`;
    return [{ severity: "opened" as const, verb: "gives an open security group to", name, urn, text }];
  });
}

function named(verb: string, connection: Connection): Pick<OneDanger, "verb" | "name" | "urn"> {
  return { verb, name: `${whatText(connection)} (${connection.name})`, urn: connection.urn };
}

function whatText(connection: Connection): string {
  const { peer, isGroup } = connection;
  const who = isGroup ? "another group" : peer.startsWith("urn:") ? peer.split("::").at(-1)! : peer;
  return `${who} on ${portsText(connection)}`;
}

export function portsText({ protocol, from, to }: Connection): string {
  if (protocol === "-1") return "every port";
  if (protocol.startsWith("icmp")) return protocol.toUpperCase();
  if (from === 0 && to === 65_535) return `every ${protocol} port`;
  return from === to ? `port ${from}` : `ports ${from} to ${to}`;
}
