import { posix } from "node:path";

import type { Translation } from "./translation";

/** Folder that a service's image is built from, from the workspace; undefined where none is, or it lies outside of it. */
export function buildFolder({ manifest, toWorkspace }: Pick<Translation, "manifest" | "toWorkspace">): string | undefined {
  if (manifest.image !== undefined) return undefined;
  const { context = "." } = (manifest.build ?? {}) as { context?: string };
  const path = posix.relative(posix.join("/x/y", toWorkspace), posix.join("/x/y", context));
  return path.startsWith("..") ? undefined : path;
}
