import type { ServiceManifest } from "./schema/service";

/** Where a value of the merged manifest stands: in an environment's part, or in the base. */
export type Layer = "base" | "environment";

/** A manifest with an environment's overrides. */
export interface Merged<T> {
  value: T;
  /** Which layer each leaf comes from, by its path joined with `/`. */
  layers: ReadonlyMap<string, Layer>;
}

type Values = Record<string, unknown>;

/**
 * Forms of one thing of which only one may be there. An override in one form unsets the keys of the others, which it would otherwise
 * contradict: who sets `ssm` for prod means it instead of `secretsManager`.
 */
interface Exclusive {
  /** Path of the map that holds the keys; `*` is any key. */
  at: string[];
  /** The keys of the other forms, given the override. */
  unset(override: Values): string[];
}

const keysOfStrategy: Record<string, string[]> = {
  ROLLING: ["minimumHealthyPercent", "maximumPercent"],
  CANARY: ["canaryPercent"],
  LINEAR: ["stepPercent", "stepBakeTimeMinutes"],
};
const keysOfShifts = ["bakeTimeMinutes", "testHeader", "lifecycleHooks"];

const secretForms: Exclusive["unset"] = (override) => {
  const sources = ["secretsManager", "ssm", "cloudFormationExport"];
  const own = sources.find((source) => source in override);
  return own === undefined ? [] : [...sources.filter((source) => source !== own), "jsonKey"];
};

const exclusives: Exclusive[] = [
  { at: [], unset: (override) => ("image" in override ? ["build"] : "build" in override ? ["image"] : []) },
  { at: ["secrets", "*"], unset: secretForms },
  { at: ["sidecars", "*", "secrets", "*"], unset: secretForms },
  {
    at: ["deployment"],
    unset: ({ strategy }) => {
      if (typeof strategy !== "string") return [];
      const others = Object.entries(keysOfStrategy).flatMap(([other, keys]) => (other === strategy ? [] : keys));
      return strategy === "ROLLING" ? [...others, ...keysOfShifts] : others;
    },
  },
];

/** A variable is plain or a secret: an override in one map unsets it in the other. */
const exclusiveMaps: [string, string][] = [
  ["environment", "secrets"],
  ["secrets", "environment"],
];

/** Maps merge, single values and lists replace, and an exclusive form unsets its siblings: the rule of `environments:`. */
export function merge<T>(base: T, override: unknown): Merged<T> {
  const layers = new Map<string, Layer>();
  const value = mergeAt(base, override, [], layers) as T;
  return { value, layers };
}

/** A manifest that the schema allows, with the overrides of an environment. */
export function manifestIn({ value }: { value: unknown }, environment: string): Merged<Omit<ServiceManifest, "environments">> {
  const { environments, ...base } = value as ServiceManifest;
  return merge(base, environments?.[environment]);
}

function mergeAt(base: unknown, override: unknown, path: string[], layers: Map<string, Layer>): unknown {
  if (override === undefined) return marked(base, "base", path, layers);
  if (!isPlainMap(base) || !isPlainMap(override)) return marked(override, "environment", path, layers);
  const kept = withoutContradicted(base, override, path);
  const merged: Values = {};
  for (const key of new Set([...Object.keys(kept), ...Object.keys(override)])) {
    merged[key] = mergeAt(kept[key], override[key], [...path, key], layers);
  }
  return merged;
}

function withoutContradicted(base: Values, override: Values, path: string[]): Values {
  const kept = { ...base };
  for (const { at, unset } of exclusives) {
    if (!matches(at, path)) continue;
    // What the override itself says stays, to be refused with its place where it contradicts itself.
    for (const key of unset(override)) delete kept[key];
  }
  for (const [setIn, unsetIn] of exclusiveMaps) {
    const [set, others] = [override[setIn], kept[unsetIn]];
    if (!isPlainMap(set) || !isPlainMap(others)) continue;
    kept[unsetIn] = Object.fromEntries(Object.entries(others).filter(([key]) => !(key in set)));
  }
  return kept;
}

function matches(pattern: string[], path: string[]): boolean {
  return pattern.length === path.length && pattern.every((part, index) => part === "*" || part === path[index]);
}

function marked(value: unknown, layer: Layer, path: string[], layers: Map<string, Layer>): unknown {
  if (isPlainMap(value) && Object.keys(value).length > 0) {
    for (const [key, item] of Object.entries(value)) marked(item, layer, [...path, key], layers);
  } else layers.set(path.join("/"), layer);
  return value;
}

function isPlainMap(value: unknown): value is Values {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
