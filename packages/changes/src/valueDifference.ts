import { isMap } from "@fairlead/model";
import { isReference } from "@fairlead/plan";

/** A leaf that differs between two values. */
export interface ValueDifference {
  path: string[];
  before: unknown;
  after: unknown;
  knownAfterApply?: boolean;
}

type Value = Record<string, unknown>;

/**
 * The leaves that differ. Lists of objects that all have a name are compared by it, so that one more item at the front is one difference; JSON
 * texts are compared by what they say.
 *
 * @param isMoved whether a text refers to a value that will be another one after apply
 */
export function differences(before: unknown, after: unknown, isMoved: (value: unknown) => boolean, path: string[] = []): ValueDifference[] {
  const parsed = [before, after].map((value) => (typeof value === "string" ? parsedJson(value) : undefined));
  if (parsed[0] && parsed[1]) return differences(parsed[0], parsed[1], isMoved, path);
  const maps = [asMap(before), asMap(after)];
  if (maps[0] && maps[1]) {
    const keys = [...new Set([...Object.keys(maps[0]), ...Object.keys(maps[1])])];
    return keys.flatMap((key) => differences(maps[0]![key], maps[1]![key], isMoved, [...path, key]));
  }
  if (!equal(before, after)) return [{ path, before, after }];
  return isMoved(after) ? [{ path, before, after, knownAfterApply: true }] : [];
}

/** A map, or a list of things that can be told apart, as a map. */
function asMap(value: unknown): Value | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0 || !value.every((item) => isMap(item) && !isReference(item))) return undefined;
    const named = value as { name?: unknown }[];
    const names = new Set(named.map(({ name }) => name));
    const byName = names.size === value.length && named.every(({ name }) => typeof name === "string");
    return Object.fromEntries(named.map((item, index) => [byName ? String(item.name) : String(index), byName ? withoutName(item) : item]));
  }
  return isMap(value) && !isReference(value) ? value : undefined;
}

/** `{name, value}` is the value of that name. */
function withoutName(item: { name?: unknown }): unknown {
  const rest: Value = { ...item };
  delete rest.name;
  const keys = Object.keys(rest);
  return keys.length === 1 && keys[0] === "value" ? rest.value : rest;
}

/** The object or list that a text says; undefined for any other text. */
export function parsedJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function equal(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

/** The same text for values that differ in the order of keys alone. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, item: unknown) =>
      isMap(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
    ) ?? ""
  );
}
