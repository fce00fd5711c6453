import { serviceSchema } from "./compiledSchema";
import { fillDefaults } from "./defaults";
import type { ReadService } from "./loadServicesArgs";
import { hasKey } from "./rules/kinds";

/** Where a value of a merged manifest comes from. */
export type Origin =
  | { kind: "written"; file: string; line: number; column: number; environment?: string }
  /** What the environment decides for services that don't say. */
  | { kind: "environment"; environment: string }
  | { kind: "default" };

type Values = Record<string, unknown>;

/** Values that an environment decides where no manifest does. */
const ofEnvironment: string[][] = [["runtimePlatform", "cpuArchitecture"], ["desiredCount"], ["build", "platforms"]];

/** A service's values with every default, in the schema's order, and where each comes from by its path joined with `/`. */
export function originsOf({ source, spec, merged, environment }: ReadService): { values: Values; origins: Map<string, Origin> } {
  const origins = new Map<string, Origin>();
  for (const [path, layer] of merged.layers) {
    const parts = path.split("/");
    const override = layer === "environment" ? ["environments", environment] : [];
    const place = source.locate([...override, ...parts]);
    origins.set(path, { kind: "written", file: source.file, ...place, ...(override.length > 0 && { environment }) });
  }
  const { values, defaults } = fillDefaults(merged.value);
  for (const path of defaults) origins.set(path, { kind: "default" });
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
  return { values: ordered(values, Object.keys(serviceSchema.properties)), origins };
}

function set(values: Values, path: string[], value: unknown): void {
  const parent = path.slice(0, -1).reduce<Values>((from, key) => (from[key] ??= {}) as Values, values);
  parent[path.at(-1)!] = value;
}

function ordered(values: Values, keys: string[]): Values {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => keys.indexOf(a) - keys.indexOf(b)));
}
