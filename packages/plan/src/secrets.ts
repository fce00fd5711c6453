import { createHmac } from "node:crypto";
import { canonical } from "@fairlead/model";

import { secretSignature, signatureKey } from "./wireFormat";

/** What stands in a plan where a secret was. */
export const redacted = "[secret]";

/** What stands in a plan where a secret was. */
export type Mark = (value: unknown) => string;

/**
 * Marks that tell secrets apart between the plans of one run. Who has not the run's key learns nothing from one, however short the value; and
 * {@link withoutMarks} takes them out of whatever is told. What a secret refers to stands in its mark, as in any other text.
 *
 * @param key random, of one run
 */
export function marksOf(key: string): Mark {
  return (value) => {
    const references: string[] = [];
    const text = canonical(unwrapped(value)).replace(/\$\{urn:pulumi:[^}]+\}/g, (reference) => {
      references.push(reference);
      return "${}";
    });
    const digest = createHmac("sha256", key).update(text).digest("hex").slice(0, 16);
    return `[${["secret", digest, ...references].join(" ")}]`;
  };
}

const mark = /\[secret [0-9a-f]{16}(?: \$\{[^}]+\})*\]/;
/** Also what is left of one where a text was cut off, or a reference in it written otherwise. */
const anyMark = /\[secret [0-9a-f]{1,16}(?![0-9a-f])[^\]…]*[\]…]/g;

/** Whether a value is what stands for a secret. */
export function isSecret(value: unknown): boolean {
  return typeof value === "string" && (value === redacted || new RegExp(`^${mark.source}$`).test(value));
}

/** Whether a secret stands in a value, at any depth; with `marked` one that has a mark. */
export function holdsSecret(value: unknown, { marked = false } = {}): boolean {
  if (typeof value === "string") return value.includes("[secret") && (mark.test(value) || (!marked && value.includes(redacted)));
  if (value === null || typeof value !== "object") return false;
  for (const item of Object.values(value)) if (holdsSecret(item, { marked })) return true;
  return false;
}

/** The same value without marks: all secrets read alike. What stands twice in it is copied once. */
export function withoutMarks<T>(value: T): T {
  const copies = new Map<object, object>();
  const copy = (item: unknown): unknown => {
    if (typeof item === "string") return item.includes("[secret ") ? item.replace(anyMark, redacted) : item;
    if (item === null || typeof item !== "object") return item;
    const known = copies.get(item);
    if (known) return known;
    const result: Record<string, unknown> | unknown[] = Array.isArray(item) ? [] : {};
    copies.set(item, result);
    for (const [key, child] of Object.entries(item)) (result as Record<string, unknown>)[key] = copy(child);
    return result;
  };
  return copy(value) as T;
}

/** Two plans whose secrets can be compared: both with marks of one run, or neither. A commit from before there were marks makes none. */
export function comparableSecrets<T>(before: T, after: T): [before: T, after: T] {
  const [was, is] = [before, after].map((plan) => holdsSecret(plan, { marked: true }));
  if (was === is) return [before, after];
  return was ? [withoutMarks(before), after] : [before, withoutMarks(after)];
}

/** Replaces secrets by what stands for them, at any depth; the engine's wire format marks them with a signature. */
export function withoutSecrets(value: unknown, standIn: Mark = () => redacted): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, standIn));
  if (value !== null && typeof value === "object") {
    if (isWrapped(value)) return standIn(value.value);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, standIn)]));
  }
  return value;
}

/** A secret's own value, in which others may be. */
function unwrapped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapped);
  if (value === null || typeof value !== "object") return value;
  if (isWrapped(value)) return unwrapped(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unwrapped(item)]));
}

function isWrapped(value: object): value is { value: unknown } {
  return (value as Record<string, unknown>)[signatureKey] === secretSignature;
}
