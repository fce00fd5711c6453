import { digestPattern, isMap, type PinnedDigest } from "@fairlead/model";

import type { RefuseEntry } from "./stackConfiguration";

/** Reads a value of `pinnedImages`, which `fairlead rollback` writes. */
export function pinnedDigest(entry: unknown, refuse: RefuseEntry): PinnedDigest | undefined {
  const { tag, digest } = isMap(entry) ? entry : {};
  if (typeof tag === "string" && /^\w[\w.-]{0,127}$/.test(tag) && typeof digest === "string" && digestPattern.test(digest))
    return { tag, digest };
  const fix = "Let `fairlead rollback` write it, or remove it.";
  return void refuse(`is ${JSON.stringify(entry)}`, "tag, and digest (sha256:…) of an image of the service's own repository", fix);
}
