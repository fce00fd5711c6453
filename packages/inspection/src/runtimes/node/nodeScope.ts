import { posix } from "node:path";

import type { Container } from "../../container/container";
import { open } from "../../programs/toldFile";

/** What package.json says, as far as it is JSON. */
export type PackageJson = Record<string, unknown>;

/**
 * The package.json that a file belongs to: the nearest one above.
 *
 * @returns undefined where there is none, `unknown` where it can't be told
 * @see https://nodejs.org/api/esm.html#resolution-algorithm-specification LOOKUP_PACKAGE_SCOPE
 */
export function scopeOf(folder: string, container: Container): { folder: string; json: PackageJson } | "unknown" | undefined {
  for (let at = folder; ; at = posix.dirname(at)) {
    if (posix.basename(at) === "node_modules") return undefined;
    const json = packageJson(at, container);
    if (json !== undefined) return json === "unknown" ? json : { folder: at, json };
    if (at === "/") return undefined;
  }
}

/** What a folder's own package.json says; undefined where there is none. One that can't be read ends newer versions, and is passed over by others. */
export function packageJson(folder: string, container: Container): PackageJson | "unknown" | undefined {
  const opened = open(posix.join(folder, "package.json"), container);
  if (opened.kind === "missing" || opened.kind === "directory") return undefined;
  if (opened.kind !== "file" || opened.text === undefined) return "unknown";
  try {
    const value = JSON.parse(opened.text) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as PackageJson) : "unknown";
  } catch {
    return "unknown";
  }
}
