import type { Translation } from "../translation";

/** An entry of a map whose keys may have dots. */
export function setEntry(translation: Translation, to: string, key: string, value: unknown): void {
  const keys = to.split(".");
  let map = translation.manifest;
  for (const part of keys) map = (map[part] ??= {}) as Record<string, unknown>;
  map[key] = value;
}
