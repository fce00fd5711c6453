import { architectureOf, platforms } from "@fairlead/model";

import type { RunningImage } from "./model";

const architectures = platforms.map((platform) => architectureOf(platform)).join("|");
/** `<version>-<commit>`, of a single platform with its architecture, and with a hash of the build's arguments where there are any. */
const ownTag = new RegExp(`^(?<version>.+?)-(?<revision>(?:dirty-)?[0-9a-f]{7,40})(?:-[0-9a-f]{8})?(?:-(?:${architectures}))?$`);
const deployedTag = /^deployed-/;

/** Of an image's tags the one that says what it was built from. */
export function builtFrom(digest: string | undefined, tags: readonly string[] = []): RunningImage {
  const own = [...tags].filter((tag) => !deployedTag.test(tag)).sort((a, b) => Number(ownTag.test(b)) - Number(ownTag.test(a)))[0];
  const { version, revision } = (own !== undefined && ownTag.exec(own)?.groups) || {};
  return { digest, tag: own, version, commit: revision };
}

/** Whether a tag is that of the plan: of a single platform it has the architecture behind it. */
export function isPlannedTag(tag: string, planned: string): boolean {
  return tag === planned || (new RegExp(`^-(?:${architectures})$`).test(tag.slice(planned.length)) === true && tag.startsWith(planned));
}
