import type { MapEntry, MapNode, SourceNode } from "../source/sourceNode";

/** Forms of one thing of which a map may have only one: an override in one form unsets the others. */
interface Alternatives {
  /** Keys that lead to the map; `*` is any. */
  at: readonly string[];
  forms: readonly (readonly string[])[];
}

const scaling = ["range", "cooldown", "cpu_percentage", "memory_percentage", "requests", "response_time", "queue_delay"];

/** @see https://github.com/aws/copilot-cli/blob/mainline/internal/pkg/manifest/transform.go */
const alternatives: readonly Alternatives[] = [
  { at: ["image"], forms: [["build"], ["location"]] },
  { at: ["count"], forms: [["spot"], scaling] },
  {
    at: ["storage", "volumes", "*", "efs"],
    forms: [
      ["uid", "gid"],
      ["id", "root_dir", "auth"],
    ],
  },
];

/** Maps whose values are replaced whole, whatever forms the two have. */
const replaced: readonly (readonly string[])[] = [
  ["variables", "*"],
  ["secrets", "*"],
  ["sidecars", "*", "variables", "*"],
  ["sidecars", "*", "secrets", "*"],
  ["logging", "variables", "*"],
  ["logging", "secrets", "*"],
  ["logging", "secretOptions", "*"],
];

/**
 * A Copilot manifest with the overrides of one of its environments, as `copilot svc deploy` merges them: maps merge, lists and single values replace, a form
 * replaces another form of the same key, and what is empty overrides nothing.
 */
export function mergedManifest(root: MapNode, environment: string | undefined): MapNode {
  const { environments, ...rest } = Object.fromEntries(root.entries);
  const base: MapNode = { ...root, entries: new Map(Object.entries(rest)) };
  const of =
    environments?.value.kind === "map" && environment !== undefined ? environments.value.entries.get(environment)?.value : undefined;
  return of?.kind === "map" ? (merged(base, of, []) as MapNode) : base;
}

function merged(base: SourceNode, override: SourceNode, path: readonly string[]): SourceNode {
  if (override.kind === "scalar" && override.isNull) return base;
  if (override.kind !== "map" || base.kind !== "map" || replaced.some((pattern) => matches(pattern, path))) return override;
  if (override.entries.size === 0) return base;
  const entries = new Map<string, MapEntry>(withoutAlternatives(base, override, path));
  for (const [key, entry] of override.entries) {
    const before = entries.get(key);
    entries.set(key, before ? { ...entry, value: merged(before.value, entry.value, [...path, key]) } : entry);
  }
  return { ...override, entries };
}

function withoutAlternatives(base: MapNode, override: MapNode, path: readonly string[]): [string, MapEntry][] {
  const unset = new Set<string>();
  for (const { at, forms } of alternatives) {
    if (!matches(at, path)) continue;
    const chosen = forms.find((form) => form.some((key) => isSet(override, key)));
    if (chosen) forms.filter((form) => form !== chosen).forEach((form) => form.forEach((key) => unset.add(key)));
  }
  return [...base.entries].filter(([key]) => !unset.has(key));
}

function isSet({ entries }: MapNode, key: string): boolean {
  const value = entries.get(key)?.value;
  return value !== undefined && !(value.kind === "scalar" && value.isNull);
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === "*" || part === path[index]);
}
