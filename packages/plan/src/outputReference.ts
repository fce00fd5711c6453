import type { OutputReference } from "./model";

const embedded = /\$\{(urn:pulumi:[^#}]+)#([^}]+)\}/g;
const whole = /^\$\{(urn:pulumi:[^#}]+)#([^}]+)\}$/;

/** The text that stands for an attribute which is known only after apply. It survives interpolation and `JSON.stringify`. */
export function referenceText(urn: string, attribute: string): string {
  return `\${${urn}#${attribute}}`;
}

/** The text that stands for what AWS is asked for before the plan is carried out. It reads like an attribute, of no resource of the plan. */
export function lookedUp(token: string, name: string, attribute: string): string {
  return referenceText(lookupUrn(token, name), attribute);
}

/**
 * Names a look-up by what is asked for, so that another one is another text and the same one is the same. It stands in references, so that the references
 * in it, and what ends one, are written otherwise.
 */
export function lookupUrn(token: string, name: string): string {
  const plain = name.replace(embedded, (_, urn: string, attribute: string) => `<${urn.split("::").at(-1)} ${attribute}>`);
  return `urn:pulumi:lookup::lookup::${token}::${plain.replace(/[#}]|::/g, encodeURIComponent)}`;
}

/** Turns values that consist of one reference into the model's `{"$output": …}`; longer strings keep `${…}` inside. */
export function toModelValue(value: unknown): unknown {
  if (typeof value === "string") {
    const match = whole.exec(value);
    return match ? { $output: `${match[1]}#${match[2]}` } : value;
  }
  if (Array.isArray(value)) return value.map(toModelValue);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toModelValue(item)]));
  }
  return value;
}

/** Whether a value of the model is one that is known only after apply. */
export function isReference(value: unknown): value is { $output: string } {
  return typeof value === "object" && value !== null && "$output" in value;
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
