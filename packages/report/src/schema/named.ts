/** A schema with some of its parts said once, under `$defs`, wherever they stand in it. */
export function withNamedParts(schema: object, parts: Readonly<Record<string, object>>): object {
  const names = new Map(Object.entries(parts).map(([name, part]) => [JSON.stringify(part), name]));
  const used = new Map<string, unknown>();
  const place = (value: unknown, isPart = false): unknown => {
    if (Array.isArray(value)) return value.map((item) => place(item));
    if (typeof value !== "object" || value === null) return value;
    const name = isPart ? undefined : names.get(JSON.stringify(value));
    if (name === undefined) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, place(item)]));
    if (!used.has(name)) {
      used.set(name, undefined);
      used.set(name, place(value, true));
    }
    return { $ref: `#/$defs/${name}` };
  };
  const whole = place(schema) as object;
  return { ...whole, $defs: Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))) };
}
