import { posix } from "node:path";

import { childOf, type MapEntry, type MapNode, type SourceNode } from "../source/sourceNode";
import { extended } from "./extends";
import { merged } from "./merge";
import type { ProjectReader } from "./project";

/** A Compose project: its files merged, with what they include and extend. */
export interface Project {
  name?: SourceNode;
  services: Map<string, MapNode>;
  /** Everything beside the services, by key. */
  rest: Map<string, SourceNode[]>;
  /** Values of `.env`, by which texts were filled in. */
  values: ReadonlyMap<string, string>;
}

/** Reads the files of a project in the order in which Compose merges them. @param environmentFiles `.env` by default, beside the first file */
export function loadProject(
  reader: ProjectReader,
  paths: readonly string[],
  environmentFiles?: readonly string[],
  open: readonly string[] = [],
): Project {
  const folder = posix.dirname(paths[0] ?? "");
  const values = reader.values(environmentFiles ?? [posix.join(folder, ".env")]);
  const project: Project = { services: new Map(), rest: new Map(), values };
  let root: MapNode | undefined;
  const onReplaced = (before: SourceNode, by: SourceNode) => reader.replaced(before, by);
  const own = new Map<string, MapNode>();
  for (const read of paths.flatMap((path) => reader.read(path, values))) {
    root ??= read;
    const { services, reset } = servicesOf(read, reader);
    for (const [name, by] of reset) {
      const before = own.get(name);
      if (before) onReplaced(before, by);
      onReplaced(by, by);
      own.delete(name);
    }
    for (const [name, service] of services) {
      const whole = extended(name, service, services, { reader, values, open: [] });
      const before = own.get(name);
      own.set(name, before ? (merged(before, whole, onReplaced) as MapNode) : whole);
    }
    for (const [key, { value }] of read.entries) {
      if (key === "services") continue;
      if (value.tag === "!reset") {
        for (const before of project.rest.get(key) ?? []) onReplaced(before, value);
        onReplaced(value, value);
        project.rest.delete(key);
      } else if (key === "include") include(reader, value, project, [...open, ...paths]);
      else project.rest.set(key, [...(project.rest.get(key) ?? []), value]);
    }
  }
  for (const [name, service] of own) project.services.set(name, service);
  project.name = childOf(root, "name");
  return project;
}

/** The services of a file, and those that it takes away. */
function servicesOf(
  root: MapNode,
  reader: ProjectReader,
): Record<"services", Map<string, MapNode>> & Record<"reset", Map<string, SourceNode>> {
  const node = childOf(root, "services");
  const services = new Map<string, MapNode>();
  const reset = new Map<string, SourceNode>();
  if (node === undefined || (node.kind === "scalar" && node.isNull)) return { services, reset };
  if (node.kind !== "map") {
    reader.problem("FL2904", node.place, "services is no map", "a map of services by their names");
    return { services, reset };
  }
  for (const [name, { value, keyPlace }] of node.entries as ReadonlyMap<string, MapEntry>) {
    if (value.tag === "!reset") reset.set(name, value);
    else if (value.kind === "map") services.set(name, value);
    else reader.problem("FL2904", keyPlace, "the service has no keys", "a map with image or build");
  }
  return { services, reset };
}

/** Other projects whose services are taken in, each with its own folder. */
function include(reader: ProjectReader, node: SourceNode, project: Project, open: readonly string[]): void {
  reader.claims.cover(node);
  for (const item of node.kind === "list" ? node.items : [node]) {
    const named = item.kind === "map" ? childOf(item, "path") : item;
    const folder = posix.dirname(item.origin.place.file);
    const paths = textsOf(named).map((path) => posix.join(folder, path));
    const environmentFiles = item.kind === "map" ? textsOf(childOf(item, "env_file")).map((path) => posix.join(folder, path)) : [];
    if (paths.length === 0) {
      reader.problem("FL2904", item.place, "include names no file", "the path of a Compose file");
      continue;
    }
    if (paths.some((path) => open.includes(path))) {
      reader.problem("FL2904", item.place, "include leads back to a file that includes it", "files that don't include each other");
      continue;
    }
    const inner = loadProject(reader, paths, environmentFiles.length > 0 ? environmentFiles : undefined, open);
    for (const [name, service] of inner.services) project.services.set(name, service);
    for (const [key, nodes] of inner.rest)
      if (key === "name" || key === "version") nodes.forEach((each) => reader.claims.cover(each));
      else project.rest.set(key, [...(project.rest.get(key) ?? []), ...nodes]);
  }
}

/** Texts of a value, or of a list of them. */
export function textsOf(node: SourceNode | undefined): string[] {
  if (node?.kind === "scalar") return node.isNull ? [] : [node.text];
  return node?.kind === "list" ? node.items.flatMap((item) => (item.kind === "scalar" && !item.isNull ? [item.text] : [])) : [];
}
