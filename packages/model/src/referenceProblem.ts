import { parseReference } from "./imageReference";

/** Why a reference to an image of somebody else's can't be used; undefined if it can. */
export function referenceProblem(reference: string): string | undefined {
  const parsed = parseReference(reference);
  if (!parsed) return `"${reference}" is not an image reference: registry/repository:version or registry/repository@sha256:…`;
  const { tag, digest } = parsed;
  if (digest || (tag && tag !== "latest")) return undefined;
  return `"${reference}" has ${tag ? 'the tag "latest"' : "no tag and no digest"}: name a version, better a digest (…@sha256:…)`;
}
