import { serviceSchema } from "./compiledSchema";
import { hasKey } from "./rules/kinds";
import type { ServiceKind } from "./schema/service";

type Values = Record<string, unknown>;
interface MapSchema {
  properties?: Record<string, MapSchema>;
  patternProperties?: Record<string, MapSchema>;
  default?: unknown;
}

/** A manifest with its defaults, and where they stand: paths joined with `/`. */
export interface Filled {
  values: Values;
  defaults: string[];
}

/**
 * Fills in the schema's defaults: at the top of a manifest, as far as its kind has the key, and in each map that is there. A list is one value: its items
 * stay as they are.
 */
export function fillDefaults(manifest: object): Filled {
  const filled: Filled = { values: structuredClone(manifest) as Values, defaults: [] };
  const kind = (filled.values.kind ?? serviceSchema.properties.kind.default) as ServiceKind;
  fill(filled, filled.values, serviceSchema as MapSchema, [], kind);
  return filled;
}

function fill(
  filled: Filled,
  values: Values,
  { properties = {}, patternProperties = {} }: MapSchema,
  path: string[],
  kind: ServiceKind,
): void {
  for (const [key, { default: preset }] of Object.entries(properties)) {
    if (values[key] !== undefined || preset === undefined || (path.length === 0 && !hasKey(kind, key))) continue;
    values[key] = preset;
    filled.defaults.push([...path, key].join("/"));
  }
  for (const [key, value] of Object.entries(values)) {
    const schema = properties[key] ?? Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(key))?.[1];
    if (schema && value !== null && typeof value === "object" && !Array.isArray(value))
      fill(filled, value as Values, schema, [...path, key], kind);
  }
}
