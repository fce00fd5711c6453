import { canonical, isMap } from "@fairlead/model";
import { argumentDefaults, setArguments } from "@fairlead/model/awsTypes";

type Value = Record<string, unknown>;

/**
 * Inputs in which what is only written otherwise than before is written as before: sets in another order, names in DNS, and what AWS takes by default.
 *
 * @param regions where the resource is, before and after, unless its own argument says otherwise
 */
export function asWrittenBefore(type: string, before: Value, after: Value, regions: readonly (string | undefined)[] = []): Value {
  const result = { ...after };
  const [region, newRegion] = [before.region ?? regions[0], after.region ?? regions[1]];
  if (type.startsWith("aws:") && region !== undefined && region === newRegion) {
    delete result.region;
    if ("region" in before) result.region = before.region;
  }
  for (const argument of dnsNames[type] ?? []) result[argument] = dnsNameAsBefore(before[argument], result[argument]);
  for (const [argument, value] of Object.entries(argumentDefaults[type] ?? {})) {
    const [was, is] = [before[argument], after[argument]];
    if (was === undefined && is === value) delete result[argument];
    if (is === undefined && was === value) result[argument] = was;
  }
  for (const path of setArguments[type] ?? []) {
    const [argument, ...rest] = path.split(".") as [string, ...string[]];
    if (argument in result) result[argument] = inOrder(before[argument], result[argument], rest);
  }
  return result;
}

/** Arguments that are names in DNS, or lists of them: the provider sends them without the dot at the end, and nobody tells their letters apart. */
const dnsNames: Readonly<Record<string, readonly string[]>> = {
  "aws:route53/record:Record": ["name"],
  "aws:route53/zone:Zone": ["name"],
};

function dnsNameAsBefore(before: unknown, after: unknown): unknown {
  const plain = (value: unknown) => (typeof value === "string" ? value.replace(/\.$/, "").toLowerCase() : undefined);
  return plain(before) !== undefined && plain(before) === plain(after) ? before : after;
}

function inOrder(before: unknown, after: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return Array.isArray(before) && Array.isArray(after) ? inOrderOf(before, after) : after;
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length ? after.map((item, index) => inOrder(before[index], item, path)) : after;
  if (!isMap(before) || !isMap(after)) return after;
  // What can be there only once is no list, and has no plural.
  const name = Object.keys(after).find((own) => own === key || (key.startsWith(own) && key.length - own.length <= 3));
  return name === undefined ? after : { ...after, [name]: inOrder(before[name], after[name], rest) };
}

/** A set's items: those of before where they stood, and the others where one of before has gone. */
function inOrderOf(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const keyOf = (item: unknown) => (isMap(item) && typeof item.name === "string" ? item.name : canonical(item));
  const left = new Map(after.map((item) => [keyOf(item), item]));
  const kept = before.map((item) => {
    const key = keyOf(item);
    const found = left.has(key) ? { item: left.get(key) } : undefined;
    left.delete(key);
    return found;
  });
  const others = [...left.values()];
  return [...kept.flatMap((found) => (found ? [found.item] : others.splice(0, 1))), ...others];
}
