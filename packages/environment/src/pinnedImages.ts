import { digestPattern, isMap } from "@fairlead/model";

import type { RefuseEntry } from "./stackConfiguration";

/** An image of a service's own repository that it runs, whatever its sources or promotions say. */
export interface PinnedDigest {
  /** Tag that it was built with: `<version>-<commit>`. */
  tag: string;
  /** `sha256:…` */
  digest: string;
}

/** Reads a value of `pinnedImages`, which `fairlead rollback` writes. */
export function pinnedDigest(entry: unknown, refuse: RefuseEntry): PinnedDigest | undefined {
  const { tag, digest } = isMap(entry) ? entry : {};
  if (typeof tag === "string" && /^\w[\w.-]{0,127}$/.test(tag) && typeof digest === "string" && digestPattern.test(digest))
    return { tag, digest };
  const fix = "Let `fairlead rollback` write it, or remove it.";
  return void refuse(`is ${JSON.stringify(entry)}`, "tag, and digest (sha256:…) of an image of the service's own repository", fix);
}
