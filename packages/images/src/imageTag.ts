import { createHash } from "node:crypto";

/**
 * `<version>-<revision>`. Build arguments and a target, which are no part of the sources, add a hash of theirs: a tag never moves, so other
 * content needs another one.
 */
export function imageTag({
  version,
  revision,
  ...parameters
}: {
  version: string;
  revision: string;
  target?: string;
  buildArgs?: Record<string, string>;
}): string {
  const { target, buildArgs = {} } = parameters;
  const tag = `${version}-${revision}`;
  if (target === undefined && Object.keys(buildArgs).length === 0) return tag;
  const canonical = JSON.stringify([target ?? null, Object.entries(buildArgs).sort(([a], [b]) => (a < b ? -1 : 1))]);
  return `${tag}-${createHash("sha256").update(canonical).digest("hex").slice(0, 8)}`;
}
