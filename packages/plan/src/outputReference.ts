import type { OutputReference } from "./model";

const embedded = /\$\{(urn:pulumi:[^#}]+)#([^}]+)\}/g;
const whole = /^\$\{(urn:pulumi:[^#}]+)#([^}]+)\}$/;

/** The text that stands for an attribute which is known only after apply. It survives interpolation and `JSON.stringify`. */
export function referenceText(urn: string, attribute: string): string {
  return `\${${urn}#${attribute}}`;
}

/** How many elements each listed attribute has, by `<urn>#<attribute>`: enough to tell a whole list from a part of it. */
export type ListLengths = ReadonlyMap<string, number>;

/**
 * Turns values that consist of one reference into the model's `{"$output": …}`; longer strings keep `${…}` inside. A list that is
 * passed on whole is one reference too, as the program wrote it.
 */
export function toModelValue(value: unknown, listLengths: ListLengths): unknown {
  if (typeof value === "string") {
    const match = whole.exec(value);
    return match ? { $output: `${match[1]}#${match[2]}` } : value;
  }
  if (Array.isArray(value)) return wholeList(value, listLengths) ?? value.map((item) => toModelValue(item, listLengths));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toModelValue(item, listLengths)]));
  }
  return value;
}

function wholeList(items: unknown[], listLengths: ListLengths): unknown {
  const [, urn, attribute] = (typeof items[0] === "string" && whole.exec(items[0])) || [];
  if (!urn || !attribute?.endsWith("[0]")) return undefined;
  const list = attribute.slice(0, -"[0]".length);
  const isWhole =
    items.length === listLengths.get(`${urn}#${list}`) && items.every((item, i) => item === referenceText(urn, `${list}[${i}]`));
  return isWhole ? { $output: `${urn}#${list}` } : undefined;
}

/** Every reference in a value of the model, in reading order. */
export function referencesIn(value: unknown): OutputReference[] {
  if (typeof value === "string") return [...value.matchAll(embedded)].map(([, urn, attribute]) => ({ urn: urn!, attribute: attribute! }));
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (value !== null && typeof value === "object") {
    if ("$output" in value && typeof value.$output === "string") {
      const separator = value.$output.lastIndexOf("#");
      return [{ urn: value.$output.slice(0, separator), attribute: value.$output.slice(separator + 1) }];
    }
    return Object.values(value).flatMap(referencesIn);
  }
  return [];
}
