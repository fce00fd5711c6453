import { parseReference } from "./imageReference";

/** Why a text can't name an image of somebody else's; undefined if it can. */
export function referenceProblem(reference: string): string | undefined {
  if (parseReference(reference)) return undefined;
  return `"${reference}" is not an image reference: registry/repository:version or registry/repository@sha256:…`;
}

/** How an image is named by what moves, `latest` or nothing; undefined of one that is named by a version or a digest. */
export function movingTag(reference: string): string | undefined {
  const { tag, digest } = parseReference(reference) ?? { tag: "none" };
  if (digest || (tag && tag !== "latest")) return undefined;
  return tag ? 'the tag "latest"' : "no tag and no digest";
}
