import { imageTagParts, withoutArchitecture } from "@fairlead/model";

import type { RunningImage } from "./model";

/** Of an image's tags the one that says what it was built from. */
export function builtFrom(digest: string | undefined, tags: readonly string[] = []): RunningImage {
  const tag = tags.find((each) => imageTagParts(each)) ?? tags.find((each) => !/^(deployed|promoted-from)-/.test(each));
  const { version, revision: commit } = (tag !== undefined && imageTagParts(tag)) || {};
  return { digest, tag, version, commit };
}

/** Whether a tag is that of the plan: of a single platform it has the architecture behind it. */
export function isPlannedTag(tag: string, planned: string): boolean {
  return withoutArchitecture(tag) === withoutArchitecture(planned);
}
