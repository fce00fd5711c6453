/** As much of a JSON Schema as says which keys there are. */
interface Schema {
  properties?: Record<string, object>;
  patternProperties?: Record<string, object>;
  items?: object;
  anyOf?: object[];
}

/** What an environment overrides are the service's own keys again. */
const repeats = "environments";

/** The paths of all keys of a schema, sorted: `*` stands for a name that the author chooses. */
export function keysOf(schema: Schema): string[] {
  return [...new Set(keysBelow(schema, ""))].sort();
}

function keysBelow({ properties = {}, patternProperties = {}, items, anyOf = [] }: Schema, path: string): string[] {
  const own = Object.entries(properties).flatMap(([key, inner]) => [
    path + key,
    ...(key === repeats ? [] : keysBelow(inner, `${path}${key}.`)),
  ]);
  const chosen = Object.values(patternProperties).flatMap((inner) => keysBelow(inner, `${path}*.`));
  return [...own, ...chosen, ...[...anyOf, ...(items ? [items] : [])].flatMap((inner) => keysBelow(inner, path))];
}

/** Whether a value has something at a key's path. */
export function hasKey(value: unknown, key: string): boolean {
  return key.split(".").reduce(step, [value]).length > 0;
}

function step(values: unknown[], name: string): unknown[] {
  const inside = values.flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
  return inside.flatMap((value) => {
    if (value === null || typeof value !== "object") return [];
    return name === "*" ? Object.values(value) : name in value ? [(value as Record<string, unknown>)[name]] : [];
  });
}
