import type { ReadService } from "./loadServices";
import { hasKey } from "./rules/kinds";
import type { ServiceKind } from "./schema/service";

/** Where a value of a merged manifest comes from. */
export type Origin =
  | { kind: "written"; file: string; line: number; column: number; environment?: string }
  /** What the environment decides for services that don't say. */
  | { kind: "environment"; environment: string }
  | { kind: "default" };

type Values = Record<string, unknown>;
type Schema = { properties?: Record<string, Schema>; patternProperties?: Record<string, Schema>; default?: unknown; type?: string };

/** Values that an environment decides where no manifest does. */
const ofEnvironment: string[][] = [["runtimePlatform", "cpuArchitecture"], ["desiredCount"], ["build", "platforms"]];
/** Values that follow from others, or that no manifest has. */
const derived = new Set(["file", "routes", "build.context", "build.dockerfile"]);

/** A service's values with every default, in the schema's order, and where each comes from by its path joined with `/`. */
export function originsOf(
  { source, spec, merged, environment }: ReadService,
  schema: Schema,
): { values: Values; origins: Map<string, Origin> } {
  const origins = new Map<string, Origin>();
  for (const [path, layer] of merged.layers) {
    const parts = path.split("/");
    const override = layer === "environment" ? ["environments", environment] : [];
    const place = source.locate([...override, ...parts]);
    origins.set(path, { kind: "written", file: source.file, ...place, ...(override.length > 0 && { environment }) });
  }
  const values = structuredClone(merged.value) as Values;
  addDefaults(values, schema, [], origins, spec.kind);
  for (const path of ofEnvironment) {
    if (!hasKey(spec.kind, path[0]!)) continue;
    const text = path.join("/");
    const value = path.reduce<unknown>((from, key) => (from as Values | undefined)?.[key], spec as unknown as Values);
    if (
      value === undefined ||
      [...origins].some(([known, { kind }]) => kind === "written" && (known === text || text.startsWith(`${known}/`)))
    )
      continue;
    set(values, path, value);
    origins.set(text, { kind: "environment", environment });
  }
  return { values: ordered(values, Object.keys(schema.properties ?? {})), origins };
}

/** The schema's defaults: at the top of the manifest, and in each map that is there. */
function addDefaults(
  values: Values,
  { properties = {}, patternProperties = {} }: Schema,
  path: string[],
  origins: Map<string, Origin>,
  kind: ServiceKind,
): void {
  for (const [key, { default: preset }] of Object.entries(properties)) {
    const inner = [...path, key];
    if (key in values || preset === undefined || derived.has(inner.join(".")) || (path.length === 0 && !hasKey(kind, key))) continue;
    values[key] = preset;
    origins.set(inner.join("/"), { kind: "default" });
  }
  for (const [key, value] of Object.entries(values)) {
    const schema = properties[key] ?? Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(key))?.[1];
    if (schema && value !== null && typeof value === "object" && !Array.isArray(value))
      addDefaults(value as Values, schema, [...path, key], origins, kind);
  }
}

function set(values: Values, path: string[], value: unknown): void {
  const parent = path.slice(0, -1).reduce<Values>((from, key) => (from[key] ??= {}) as Values, values);
  parent[path.at(-1)!] = value;
}

function ordered(values: Values, keys: string[]): Values {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => keys.indexOf(a) - keys.indexOf(b)));
}
