/** Whether a value is a map of YAML or JSON: no list, and not null. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
