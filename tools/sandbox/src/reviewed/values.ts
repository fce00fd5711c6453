import { isMap, isNothing } from "@fairlead/model";
import { isReference, unknownValue } from "@fairlead/plan";

import type { Properties } from "./awsProvider";

const embedded = /\$\{(urn:pulumi:[^#}]+)#([^}]+)\}/g;

/** The value of another resource's attribute; `unknownValue` where it comes with `up`. */
export type Lookup = (urn: string, attribute: string) => unknown;

/** Inputs of a plan with a value in the place of each reference. */
export function resolved<Value>(value: Value, lookup: Lookup): Value {
  return resolve(value, lookup) as Value;
}

function resolve(value: unknown, lookup: Lookup): unknown {
  if (typeof value === "string") return resolvedText(value, lookup);
  if (Array.isArray(value)) return value.map((item) => resolve(item, lookup));
  if (isReference(value)) {
    const separator = value.$output.lastIndexOf("#");
    return lookup(value.$output.slice(0, separator), value.$output.slice(separator + 1));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, lookup)]));
}

/** A text with one part that is not known is not known. */
function resolvedText(text: string, lookup: Lookup): string {
  const values = [...text.matchAll(embedded)].map(([, urn, attribute]) => lookup(urn!, attribute!));
  if (values.some(isUnknown)) return unknownValue;
  return text.replace(embedded, () => String(values.shift()));
}

export function isUnknown(value: unknown): boolean {
  return value === unknownValue;
}

/** What is known of an attribute: `masterUserSecrets[0].secretArn` is in a list. Undefined where nothing is. */
export function knownAttribute(outputs: Properties, attribute: string): unknown {
  const words = attribute.split(/[.[\]]+/).filter((word) => word !== "");
  return words.reduce<unknown>((value, word) => (value as Properties | undefined)?.[word], outputs);
}

/** Without the values that are not known, and without lists that have one. */
export function known(value: unknown): unknown {
  if (isUnknown(value)) return undefined;
  if (Array.isArray(value)) {
    const items = value.map(known);
    return items.includes(undefined) ? undefined : items;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => {
      const own = known(item);
      return own === undefined ? [] : [[key, own]];
    }),
  );
}

/** New inputs with what `ignoreChanges` leaves as it was: the engine does so before it asks the provider. */
export function withIgnored(before: Properties, after: Properties, ignoreChanges: readonly string[]): Properties {
  return ignoreChanges.reduce((inputs, path) => leftAsItWas(before, inputs, path.split(".")), after);
}

function leftAsItWas(before: Properties | undefined, after: Properties, [key, ...rest]: string[]): Properties {
  const { [key!]: now, ...others } = after;
  const was = before?.[key!];
  if (rest.length > 0 && isMap(now)) return { ...others, [key!]: leftAsItWas(isMap(was) ? was : undefined, now, rest) };
  return was === undefined ? others : { ...others, [key!]: was };
}

/** `loadBalancers[0].targetGroupArn` is a part of the argument `loadBalancers`. */
export function topOf(path: string): string {
  return /^[^.[]+/.exec(path)![0];
}

/** What of the inputs the provider has not taken: it answers all that it knows. Items of lists have no place in a path. */
export function notTaken(inputs: unknown, planned: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(inputs)) {
    if (!Array.isArray(planned)) return [];
    // A set may be in another order: what no item has was not taken.
    const missing = inputs.flatMap(
      (item) => planned.map((other) => notTaken(item, other, path)).reduce<string[] | undefined>(inBoth, undefined) ?? [],
    );
    return [...new Set(missing)];
  }
  if (!isMap(inputs) || !isMap(planned)) return [];
  return Object.entries(inputs).flatMap(([key, value]) => {
    if (key.startsWith("__") || isNothing(value)) return [];
    return key in planned ? notTaken(value, planned[key], [...path, key]) : [[...path, key].join(".")];
  });
}

const inBoth = (one: string[] | undefined, other: string[]) => one?.filter((path) => other.includes(path)) ?? other;
