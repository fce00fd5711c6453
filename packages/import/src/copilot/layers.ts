import { isMap } from "@fairlead/model";

import type { Layers } from "../write/imported";

import { environmentMark } from "./interpolate";

type Values = Record<string, unknown>;

/**
 * Takes manifests of environments apart, so that merging them again (maps merge, lists and single values replace) gives what each was. What an environment
 * doesn't have can't be in the base, since nothing takes it away again: it stands in the others.
 *
 * @param base what is said of all environments
 * @param merged what holds in each
 */
export function layered(base: Values, merged: Readonly<Record<string, Values>>): Layers {
  const all = Object.values(merged);
  const kept = all.length === 0 ? withoutMark(base) : common(withoutMark(base), all);
  const environments = Object.fromEntries(
    Object.entries(merged).flatMap(([name, values]): [string, Values][] => {
      const differing = difference(kept, values);
      return Object.keys(differing).length > 0 ? [[name, differing]] : [];
    }),
  );
  return { base: kept, environments };
}

/** What of the base every environment has in some form, so that an override gives it the form that it has there. */
function common(base: Values, all: readonly Values[], isSecrets = false): Values {
  return entriesOf(base, (key, value) => {
    if (!all.every((each) => key in each)) return undefined;
    if (isSecrets && all.every((each) => isMap(each[key]))) return value;
    if (!isMap(value)) return all.some((each) => isMap(each[key])) ? undefined : value;
    if (!all.every((each) => isMap(each[key]))) return undefined;
    if (Object.keys(value).length === 0) return value;
    const inner = common(
      value,
      all.map((each) => each[key] as Values),
      key === "secrets",
    );
    return Object.keys(inner).length > 0 ? inner : undefined;
  });
}

function difference(base: Values, values: Values, isSecrets = false): Values {
  return entriesOf(values, (key, value) => {
    const before = base[key];
    // A secret's forms unset each other: one that differs is said whole.
    if (isMap(before) && isMap(value) && !isSecrets) {
      const inner = difference(before, value, key === "secrets");
      return Object.keys(inner).length > 0 ? withRequired(key, value, inner) : undefined;
    }
    return JSON.stringify(before) === JSON.stringify(value) ? undefined : value;
  });
}

/** Keys that the schema asks of an override as well. */
function withRequired(key: string, value: Values, inner: Values): Values {
  if (key === "containerHealthCheck") return { command: value.command, ...inner };
  if (key === "sidecars")
    return entriesOf(inner, (name, sidecar) => {
      const { image } = value[name] as Values;
      return image === undefined ? sidecar : { image, ...(sidecar as Values) };
    });
  return inner;
}

/** Leaves values out that have the environment's name in them, and lists with such a value. */
function withoutMark(values: Values): Values {
  return entriesOf(values, (_, value) => {
    if (isMap(value)) {
      const inner = withoutMark(value);
      return Object.keys(inner).length > 0 || Object.keys(value).length === 0 ? inner : undefined;
    }
    return JSON.stringify(value)?.includes(environmentMark) ? undefined : value;
  });
}

function entriesOf(values: Values, change: (key: string, value: unknown) => unknown): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const changed = change(key, value);
      return changed === undefined ? [] : [[key, changed] as const];
    }),
  );
}
