import { isMap } from "@fairlead/model";
import { argumentDefaults, setArguments } from "@fairlead/model/awsTypes";

import { canonical } from "./valueDifference";

type Value = Record<string, unknown>;

/** Inputs in which what is only written otherwise than before is written as before: sets in another order, and what AWS takes by default. */
export function asWrittenBefore(type: string, before: Value, after: Value, region?: string): Value {
  const defaults = { ...argumentDefaults[type], ...(type.startsWith("aws:") && region !== undefined && { region }) } as Value;
  const result = { ...after };
  for (const [argument, value] of Object.entries(defaults)) {
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

function inOrder(before: unknown, after: unknown, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return Array.isArray(before) && Array.isArray(after) && sameItems(before, after) ? before : after;
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length ? after.map((item, index) => inOrder(before[index], item, path)) : after;
  if (!isMap(before) || !isMap(after)) return after;
  // What can be there only once is no list, and has no plural.
  const name = Object.keys(after).find((own) => own === key || (key.startsWith(own) && key.length - own.length <= 3));
  return name === undefined ? after : { ...after, [name]: inOrder(before[name], after[name], rest) };
}

function sameItems(before: readonly unknown[], after: readonly unknown[]): boolean {
  const sorted = (list: readonly unknown[]) => JSON.stringify(list.map((item) => canonical(item)).sort());
  return before.length === after.length && sorted(before) === sorted(after);
}
