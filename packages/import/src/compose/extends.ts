import { posix } from "node:path";

import { childOf, textOf, type MapNode } from "../source/sourceNode";
import { merged } from "./merge";
import type { ProjectReader } from "./project";

/** What resolving `extends` needs. */
export interface ExtendsContext {
  reader: ProjectReader;
  values: ReadonlyMap<string, string>;
  /** Services that are being resolved, to notice circles. */
  open: readonly string[];
}

/**
 * A service with what it extends, of its own file or of another.
 *
 * @see https://docs.docker.com/reference/compose-file/services/#extends
 */
export function extended(name: string, service: MapNode, beside: ReadonlyMap<string, MapNode>, context: ExtendsContext): MapNode {
  const node = service.entries.get("extends")?.value;
  if (!node) return service;
  const { reader, values, open } = context;
  reader.claims.cover(node);
  const file = textOf(childOf(node, "file"));
  const from = node.kind === "scalar" ? node.text : textOf(childOf(node, "service"));
  const own = service.origin.place.file;
  const path = file === undefined ? own : posix.join(posix.dirname(own), file);
  const key = `${path} ${from}`;
  if (from === undefined || open.includes(key)) {
    reader.problem(
      "FL2904",
      node.place,
      from === undefined ? "extends names no service" : "extends leads back to the service itself",
      "a service, and its file where that is another",
    );
    return without(service);
  }
  const services = path === own ? beside : servicesIn(reader, path, values);
  const base = services?.get(from);
  if (!base) {
    if (services) reader.problem("FL2904", node.place, `extends names a service that is not there`, `a service of ${path}`);
    return without(service);
  }
  const whole = extended(from, base, services!, { ...context, open: [...open, key] });
  return merged(whole, without(service), (before, by) => {
    // What the other service says is its own: only of another file nobody else speaks of it.
    if (path !== own) reader.replaced(before, by);
  }) as MapNode;
}

function servicesIn(reader: ProjectReader, path: string, values: ReadonlyMap<string, string>): Map<string, MapNode> | undefined {
  const roots = reader.read(path, values);
  if (roots.length === 0) return undefined;
  const found = new Map<string, MapNode>();
  for (const root of roots) {
    const node = childOf(root, "services");
    if (node?.kind === "map") for (const [name, { value }] of node.entries) if (value.kind === "map") found.set(name, value);
  }
  return found;
}

function without(service: MapNode): MapNode {
  const entries = new Map(service.entries);
  entries.delete("extends");
  return { ...service, entries };
}
