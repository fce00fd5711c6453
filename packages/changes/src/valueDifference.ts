import { canonical, isMap } from "@fairlead/model";
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
    const items = keys.flatMap((key) => differences(maps[0]![key], maps[1]![key], isMoved, [...path, key]));
    const order = isUnordered(path) ? undefined : otherOrder(before, after);
    return order ? [{ path, ...order }, ...items] : items;
  }
  if (!equal(before, after)) return [{ path, before, after }];
  return isMoved(after) ? [{ path, before, after, knownAfterApply: true }] : [];
}

/** Of what containers are made of the provider compares lists as sets: environment, secrets, ports. */
function isUnordered([argument]: string[]): boolean {
  return argument === "containerDefinitions" || argument === "containerProperties";
}

/** The names in two lists, where what both have comes in another order: stages, rules that are asked one by one. */
function otherOrder(before: unknown, after: unknown): { before: string[]; after: string[] } | undefined {
  const [was, is] = [before, after].map(namesIn);
  if (!was || !is) return undefined;
  const [old, now] = [new Set(was), new Set(is)];
  const isSame = was.filter((name) => now.has(name)).join("\n") === is.filter((name) => old.has(name)).join("\n");
  return isSame ? undefined : { before: was, after: is };
}

/** The names of a list's items; undefined where they have none, or share one. */
export function namesIn(list: unknown): string[] | undefined {
  if (!Array.isArray(list)) return undefined;
  const names = list.map((item: unknown) => (isMap(item) ? item.name : undefined));
  return names.every((name) => typeof name === "string") && new Set(names).size === names.length ? names : undefined;
}

/** A map, or a list of things that can be told apart, as a map. */
function asMap(value: unknown): Value | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0 || !value.every((item) => isMap(item) && !isReference(item))) return undefined;
    const names = namesIn(value);
    return Object.fromEntries(
      value.map((item: Value, index) => [names ? names[index]! : String(index), names ? withoutName(item) : item] as const),
    );
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
