import { connectionsOfSides, uncovered, type Connection } from "@fairlead/changes";

import { portsText } from "../openings/connections";
import type { ReachFact } from "./facts";
import type { Sides } from "./sides";

/** What services may connect to. Between services it is said by whom they call; here, of all else. */
export function reachFacts(sides: Sides): ReachFact[] {
  const { before, after } = connectionsOfSides(sides.changes.resources);
  const [opened, closed] = [reaches(uncovered(after, before), sides), reaches(uncovered(before, after), sides)];
  const [was, is] = [reaches(before, sides), reaches(after, sides)];
  return sides.pairs.flatMap(({ name }): ReachFact[] => {
    const [more, less] = [opened, closed].map((side) => side.get(name) ?? new Set<string>());
    const gains = [...more!].filter((place) => !less!.has(place));
    const loses = [...less!].filter((place) => !more!.has(place));
    const written = new Set([...(was.get(name) ?? []), ...gains]);
    const keeps = loses.length > 0 ? [...(is.get(name) ?? [])].filter((place) => !written.has(place)) : [];
    return gains.length + loses.length > 0 ? [{ kind: "reach", of: name, gains, loses, keeps }] : [];
  });
}

/** Whom groups let out to addresses, and whom other groups let in. */
function reaches(connections: readonly Connection[], { ownerOf, before, after }: Sides): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const isService = (name: string) => [before, after].some((side) => side.has(name));
  for (const connection of connections) {
    const { direction, group, peer, isGroup } = connection;
    const isOut = direction === "egress" && !isGroup;
    const isIn = direction === "ingress" && isGroup && !isService(ownerOf(group));
    if (!isOut && !isIn) continue;
    const who = ownerOf(isOut ? group : peer);
    const place = `${isOut ? peerText(peer) : keeperOf(group, ownerOf)} on ${portsText(connection)}`;
    found.set(who, (found.get(who) ?? new Set()).add(place));
  }
  return found;
}

/** The component that a security group is for, rather than the group: `Postgres accounts`. */
function keeperOf(group: string, ownerOf: (urn: string) => string): string {
  const component = /(?:^|\$)fairlead:\w+:(\w+)\$aws:[^$]*$/.exec(group.split("::")[2] ?? "")?.[1];
  return component ? `${component} ${ownerOf(group).replace(/-(db|alb|efs)$/, "")}` : ownerOf(group);
}

function peerText(peer: string): string {
  if (peer === "0.0.0.0/0") return "anywhere (IPv4)";
  if (peer === "::/0") return "anywhere (IPv6)";
  return peer.startsWith("urn:") ? peer.split("::").at(-1)! : peer;
}
