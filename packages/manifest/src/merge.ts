/** Maps merge, single values and lists replace: the rule of `environments:`. */
export function merge<T>(base: T, override: unknown): T {
  if (!isPlainMap(base) || !isPlainMap(override)) return (override === undefined ? base : override) as T;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(override)) merged[key] = key in merged ? merge(merged[key], value) : value;
  return merged as T;
}

function isPlainMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
