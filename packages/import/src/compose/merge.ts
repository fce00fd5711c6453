import { textOf, type MapEntry, type MapNode, type SourceNode } from "../source/sourceNode";
import { sourceNode } from "../source/sourceNode";

/** Told of what another file replaces or takes away. */
export type OnReplaced = (before: SourceNode, by: SourceNode) => void;

/** Lists that the later file replaces instead of adding to them. */
const replacedLists = new Set(["command", "entrypoint", "healthcheck.test", "deploy.resources.reservations.devices"]);
/** Keys that may be a list of `NAME=value` or a map, which merge by name. */
const pairs = new Set(["environment", "labels", "build.args", "build.labels", "extra_hosts", "sysctls", "annotations", "deploy.labels"]);
/** Keys that may be a list of names or a map of them. */
const named = new Set(["depends_on", "networks"]);

/**
 * A service with what a later file says of it: maps merge, lists add up, single values replace. Ports and volumes that are the same thing replace each other,
 * `!override` replaces whole, and `!reset` takes away.
 *
 * @see https://github.com/compose-spec/compose-spec/blob/main/13-merge.md
 */
export function merged(base: SourceNode, override: SourceNode, onReplaced: OnReplaced, path: readonly string[] = []): SourceNode {
  const key = path.join(".");
  if (override.tag === "!override") {
    onReplaced(base, override);
    return override;
  }
  if (override.kind === "scalar" && override.isNull) return base;
  if (pairs.has(key) || named.has(key)) {
    const [a, b] = [asMap(base, named.has(key)), asMap(override, named.has(key))];
    if (a && b) return mergedMaps(a, b, onReplaced, path);
  }
  if (base.kind === "map" && override.kind === "map") return mergedMaps(base, override, onReplaced, path);
  if (base.kind === "list" && override.kind === "list" && !replacedLists.has(key)) return mergedLists(base, override, onReplaced, key);
  if (key === "build" && (base.kind === "map" || override.kind === "map")) {
    // The short form is a context.
    const [a, b] = [longBuild(base), longBuild(override)];
    if (a && b) return mergedMaps(a, b, onReplaced, path);
  }
  if (base !== override) onReplaced(base, override);
  return override;
}

function mergedMaps(base: MapNode, override: MapNode, onReplaced: OnReplaced, path: readonly string[]): MapNode {
  const entries = new Map(base.entries);
  for (const [key, entry] of override.entries) {
    const before = entries.get(key);
    if (entry.value.tag === "!reset") {
      if (before) onReplaced(before.value, entry.value);
      onReplaced(entry.value, entry.value);
      entries.delete(key);
    } else entries.set(key, before ? { ...entry, value: merged(before.value, entry.value, onReplaced, [...path, key]) } : entry);
  }
  return { ...override, entries };
}

function mergedLists(base: SourceNode, override: SourceNode, onReplaced: OnReplaced, key: string): SourceNode {
  if (base.kind !== "list" || override.kind !== "list") return override;
  const same = key === "volumes" || key === "configs" || key === "secrets" ? targetOf : textOf;
  const known = new Map(override.items.map((item) => [same(item), item]));
  const kept = base.items.filter((item) => {
    const by = same(item) === undefined ? undefined : known.get(same(item));
    if (by) onReplaced(item, by);
    return !by;
  });
  return { ...override, items: [...kept, ...override.items] };
}

/** Where a volume is mounted: two on the same path are one. */
function targetOf(node: SourceNode): string | undefined {
  if (node.kind === "scalar") return node.text.split(":")[node.text.includes(":") ? 1 : 0];
  const target = node.kind === "map" ? node.entries.get("target")?.value : undefined;
  return target?.kind === "scalar" ? target.text : undefined;
}

function longBuild(node: SourceNode): MapNode | undefined {
  if (node.kind === "map") return node;
  if (node.kind !== "scalar") return undefined;
  return sourceNode({
    kind: "map",
    place: node.place,
    path: node.path,
    origin: node,
    entries: new Map([["context", { keyPlace: node.place, value: node }]]),
  }) as MapNode;
}

/** A list of `NAME=value`, or of names, as a map. What is no text in it keeps it a list. */
export function asMap(node: SourceNode, isNames = false): MapNode | undefined {
  if (node.kind === "map") return node;
  if (node.kind !== "list" || !node.items.every(({ kind }) => kind === "scalar")) return undefined;
  const entries = new Map<string, MapEntry>();
  for (const item of node.items) {
    if (item.kind !== "scalar") continue;
    const equals = isNames ? -1 : item.text.indexOf("=");
    const key = equals < 0 ? item.text : item.text.slice(0, equals);
    const value: SourceNode = {
      ...item,
      text: equals < 0 ? "" : item.text.slice(equals + 1),
      isText: equals >= 0,
      isNull: equals < 0,
      isPlain: false,
    };
    entries.set(key, { keyPlace: item.place, value });
  }
  return sourceNode({ kind: "map", place: node.place, path: node.path, origin: node, entries }) as MapNode;
}
