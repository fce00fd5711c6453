import { canonical } from "@fairlead/model";

import { asList } from "./judge";

/** Which objects of a bucket a rule is for. */
export interface Scope {
  prefix: string;
  /** All that an object has to have. */
  tags: readonly string[];
  largerThan: number;
  smallerThan: number;
}

type Value = Record<string, unknown>;

/** No filter, an empty one and an empty prefix are all objects. */
export function scopeOf(rule: Value): Scope {
  const filter = (rule.filter ?? {}) as Value;
  const {
    prefix = rule.prefix ?? "",
    tag,
    tags,
    objectSizeGreaterThan = 0,
    objectSizeLessThan = Infinity,
  } = { ...filter, ...((filter.and ?? {}) as Value) };
  const ofRule = Object.entries((rule.tags ?? {}) as Value).map(([key, value]) => canonical({ key, value }));
  const ofFilter = Object.entries((tags ?? {}) as Value).map(([key, value]) => canonical({ key, value }));
  return {
    prefix: typeof prefix === "string" ? prefix : JSON.stringify(prefix),
    tags: [...ofRule, ...ofFilter, ...asList(tag).map((each) => canonical(each))],
    largerThan: Number(objectSizeGreaterThan),
    smallerThan: Number(objectSizeLessThan),
  };
}

/** Whether a rule for the first is for all objects of the second. */
export function coversScope(one: Scope, other: Scope): boolean {
  return (
    other.prefix.startsWith(one.prefix) &&
    one.tags.every((tag) => other.tags.includes(tag)) &&
    one.largerThan <= other.largerThan &&
    one.smallerThan >= other.smallerThan
  );
}
